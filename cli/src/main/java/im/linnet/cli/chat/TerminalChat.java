package im.linnet.cli.chat;

import im.linnet.client.ChatClient;
import im.linnet.client.ChatListener;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientEvent;
import im.linnet.client.TokenSupplier;
import im.linnet.schemas.Names;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One user's chat: lines that are typed go to the peer, what comes is printed, until the input or
 * the session ends. Lines are read on a thread of their own, events come on the client's; what both
 * work on is the {@link Dialogue}.
 */
public final class TerminalChat implements ChatListener, AutoCloseable {
  private static final long PATIENCE_MILLIS = 15_000;
  private static final long FIRST_CONTACT_MILLIS = 10_000;
  private static final int MOST_HISTORY = 200;
  private static final String HELP =
      "/to NAME talks to NAME; /history [N] shows what was said; /unread counts; /quit ends;"
          + " // begins a line with /";

  private final int historyLength;
  private final Screen screen;
  private final ChatClient client;
  private final Answers answers;
  private final Dialogue dialogue;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final long began = System.nanoTime();
  private volatile boolean connected;

  /**
   * Opens nothing yet.
   *
   * @param peer whom to talk to at first, null for nobody
   * @param historyLength messages shown when a conversation is opened, 1 to 200
   */
  public TerminalChat(
      ClientConfig config,
      TokenSupplier tokens,
      String user,
      @Nullable String peer,
      int historyLength,
      PrintWriter out) {
    this.historyLength = historyLength;
    this.screen = new Screen(out, ZoneId.systemDefault());
    this.answers = new Answers(screen);
    this.client = new ChatClient(config, tokens, this);
    this.dialogue =
        new Dialogue(user, peer, historyLength, screen, client, answers, PATIENCE_MILLIS);
  }

  /**
   * Talks until the input ends, {@code /quit}, or the server has ended the session for good.
   *
   * @return the exit code: 1 if a message was not sent, or there was no session
   */
  public int run(BufferedReader in) throws InterruptedException {
    client.start();
    Thread.ofPlatform().daemon().name("linnet-chat-input").start(() -> readLines(in));
    try {
      return end.get();
    } catch (ExecutionException e) {
      screen.note(String.valueOf(e.getCause()));
      return 1;
    }
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.Connected now -> {
        if (!connected) {
          screen.note("you are " + now.clientId() + "; " + HELP);
        }
        connected = true;
      }
      case ClientEvent.Synced now -> {
        dialogue.synced(now);
        opened.complete(null);
      }
      case ClientEvent.MessageReceived received -> dialogue.received(received.message());
      case ClientEvent.ReadReceived read -> {
        if (read.reader().equals(dialogue.peer())) {
          screen.read(read.reader());
        }
      }
      case ClientEvent.PresenceChanged changed -> screen.presence(changed.presence());
      case ClientEvent.Disconnected lost -> disconnected(lost);
      case ClientEvent.Stopped stopped -> {
        if (stopped.code() != 0) {
          screen.note("the server ended the session: " + stopped.reason());
          end.complete(1);
        }
      }
      case ClientEvent.Typing typing -> {}
      case ClientEvent.Other other -> {}
    }
  }

  private void disconnected(ClientEvent.Disconnected lost) {
    long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    if (!connected && waited > FIRST_CONTACT_MILLIS) {
      screen.note("no connection: " + lost.reason() + "; is 'linnet up' running?");
      end.complete(1);
    } else {
      screen.note(lost.reason() + "; trying again in " + lost.retryIn().toMillis() + " ms");
    }
  }

  private void readLines(BufferedReader in) {
    try {
      String line = in.readLine();
      while (line != null && !line.equals("/quit")) {
        handle(line);
        line = in.readLine();
      }
      finish();
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private void handle(String line) {
    String[] words = line.trim().split("\\s+", 2);
    switch (words[0]) {
      case "" -> {}
      case "/to" -> talkTo(words.length > 1 ? words[1] : "");
      case "/history" -> history(words.length > 1 ? words[1] : "");
      case "/unread" ->
          answers.quietly(
              client
                  .unread()
                  .thenAccept(
                      unread -> {
                        screen.note(unread.total() + " unread");
                        screen.unread(unread.p2p());
                      }));
      case "/help" -> screen.note(HELP);
      default -> {
        if (line.startsWith("/") && !line.startsWith("//")) {
          screen.note(words[0] + " is nothing that I know; " + HELP);
        } else {
          send(line.startsWith("//") ? line.substring(1) : line);
        }
      }
    }
  }

  private void talkTo(String name) {
    if (Names.isUser(name)) {
      dialogue.talkTo(name);
    } else {
      screen.note("give a user name: /to NAME");
    }
  }

  private void history(String count) {
    int limit = historyLength;
    if (!count.isEmpty()) {
      try {
        limit = Integer.parseInt(count);
      } catch (NumberFormatException e) {
        limit = 0;
      }
    }
    String peer = dialogue.peer();
    if (peer == null || limit < 1 || limit > MOST_HISTORY) {
      screen.note(peer == null ? "with whom? /to NAME" : "give 1 to 200: /history N");
    } else {
      dialogue.history(peer, limit);
    }
  }

  private void send(String text) {
    String peer = dialogue.peer();
    if (peer == null) {
      screen.note("to whom? /to NAME");
    } else {
      dialogue.send(peer, text);
    }
  }

  private void finish() {
    boolean late = false;
    try {
      // What is piped in is over at once; what was said before is shown all the same.
      opened.get(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      answers.await(2 * PATIENCE_MILLIS);
    } catch (ExecutionException | TimeoutException e) {
      late = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.complete(late || dialogue.failed() ? 1 : 0);
  }
}
