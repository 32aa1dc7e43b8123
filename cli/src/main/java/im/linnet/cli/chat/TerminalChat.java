package im.linnet.cli.chat;

import im.linnet.client.ChatClient;
import im.linnet.client.ChatListener;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientEvent;
import im.linnet.client.TokenSupplier;
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
    this.screen = new Screen(out, ZoneId.systemDefault());
    this.answers = new Answers(screen);
    this.client = new ChatClient(config, tokens, this);
    this.dialogue =
        new Dialogue(
            user, peer, historyLength, screen, ChatServer.of(client), answers, PATIENCE_MILLIS);
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
        screen.note(connected ? "connected again" : "you are " + now.clientId() + "; " + Line.HELP);
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
      String typed = in.readLine();
      while (typed != null) {
        Line line = Line.parse(typed);
        handle(line);
        typed = line instanceof Line.Quit ? null : in.readLine();
      }
      finish();
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private void handle(Line line) {
    switch (line) {
      case Line.Blank blank -> {}
      case Line.Say said -> dialogue.send(said.text());
      case Line.To to -> dialogue.talkTo(to.name());
      case Line.History history -> dialogue.history(history.count());
      case Line.More more -> dialogue.more(more.count());
      case Line.Unread unread -> dialogue.unread();
      case Line.Help help -> screen.note(Line.HELP);
      case Line.Wrong wrong -> screen.note(wrong.reason());
      case Line.Quit quit -> {}
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
