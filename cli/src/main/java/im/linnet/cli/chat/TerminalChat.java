package im.linnet.cli.chat;

import im.linnet.client.ChatClient;
import im.linnet.client.ChatListener;
import im.linnet.client.ClientConfig;
import im.linnet.client.ClientEvent;
import im.linnet.client.Draft;
import im.linnet.client.HistoryPage;
import im.linnet.client.Message;
import im.linnet.client.TokenSupplier;
import im.linnet.schemas.Names;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One user's chat: lines that are typed go to the peer, what comes is printed. Three threads meet
 * here: the one that reads lines, the client's listener and the client's loop (replies); what is on
 * the screen, and with whom we talk, is guarded by a lock that the loop never takes.
 */
public final class TerminalChat implements ChatListener, AutoCloseable {
  private static final long PATIENCE_MILLIS = 15_000;
  private static final long FIRST_CONTACT_MILLIS = 10_000;
  private static final String HELP =
      "/to NAME talks to NAME; /history [N] shows what was said; /unread counts; /quit ends;"
          + " // begins a line with /";

  private final String user;
  private final @Nullable String firstPeer;
  private final int historyLength;
  private final Screen screen;
  private final ChatClient client;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final Set<CompletableFuture<Void>> underWay = ConcurrentHashMap.newKeySet();
  private final Lock lock = new ReentrantLock();
  private final ShownMessages shown = new ShownMessages();
  private final long began = System.nanoTime();
  private @Nullable String peer;
  private boolean synced;
  private volatile boolean connected;
  private volatile boolean failed;

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
    this.user = user;
    this.peer = peer;
    this.firstPeer = peer;
    this.historyLength = historyLength;
    this.screen = new Screen(out, ZoneId.systemDefault());
    this.client = new ChatClient(config, tokens, this);
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
      case ClientEvent.Synced now -> synced(now);
      case ClientEvent.MessageReceived received -> received(received.message());
      case ClientEvent.ReadReceived read -> {
        if (read.reader().equals(currentPeer())) {
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

  private void synced(ClientEvent.Synced now) {
    lock.lock();
    try {
      boolean first = !synced;
      synced = true;
      if (first) {
        quietly(client.unread().thenAccept(unread -> screen.unread(others(unread.p2p()))));
      }
      if (peer != null && (first || now.cut() || now.reset())) {
        open(peer);
      }
    } finally {
      lock.unlock();
    }
    opened.complete(null);
  }

  private void received(Message message) {
    lock.lock();
    try {
      String other = message.sender().equals(user) ? message.to() : message.sender();
      if (!other.equals(peer)) {
        // What waited before the first synced is counted by unread.
        if (synced) {
          screen.note(other + " wrote (/to " + other + ")");
        }
      } else if (synced && shown.add(message)) {
        screen.message(message);
        if (message.sender().equals(other)) {
          quietly(client.read(message.kind(), other, message.at()));
        }
      }
    } finally {
      lock.unlock();
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
          quietly(
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
    if (!Names.isUser(name)) {
      screen.note("give a user name: /to NAME");
      return;
    }
    lock.lock();
    try {
      peer = name;
      open(name);
    } finally {
      lock.unlock();
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
    String current = currentPeer();
    if (current == null || limit < 1 || limit > 200) {
      screen.note(current == null ? "with whom? /to NAME" : "give 1 to 200: /history N");
      return;
    }
    lock.lock();
    try {
      show(current, limit, true);
    } finally {
      lock.unlock();
    }
  }

  private void send(String text) {
    String current = currentPeer();
    if (current == null) {
      screen.note("to whom? /to NAME");
      return;
    }
    CompletableFuture<Void> shownAsSent =
        client
            .send(Draft.p2p(current, text))
            .handle(
                (sent, failure) -> {
                  if (failure != null) {
                    failed = true;
                    screen.note("NOT SENT: " + text + " (" + reason(failure) + ")");
                  } else if (shown.add(user, current, sent.uuid())) {
                    screen.sent(sent.timeMillis(), user, text);
                  }
                  return null;
                });
    awaitedAtTheEnd(shownAsSent);
  }

  /** Shows a conversation from its end, marks it as read, and watches the other one. */
  private void open(String name) {
    quietly(client.watch(List.of(name)));
    Position newest = show(name, historyLength, false);
    if (newest != null) {
      quietly(client.read(Stream.P2P, name, newest));
    }
  }

  /** Prints the newest messages; gives the place of the newest one from the peer. */
  private @Nullable Position show(String name, int limit, boolean again) {
    HistoryPage page;
    try {
      page =
          client.history(Stream.P2P, name, null, limit).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      screen.note("no history: " + reason(e));
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    Position newest = null;
    for (HistoryPage.Entry entry : page.messages().reversed()) {
      if (entry.message().sender().equals(name)) {
        newest = entry.message().at();
      }
      if (shown.add(entry.message()) || again) {
        screen.entry(entry, user);
      }
    }
    return newest;
  }

  private void finish() {
    try {
      // What is piped in is over at once; what was said before is shown all the same.
      opened.get(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
          .get(2 * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      failed = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.complete(failed ? 1 : 0);
  }

  /** Without those whose messages are about to be shown. */
  private Map<String, Long> others(Map<String, Long> unread) {
    Map<String, Long> others = new HashMap<>(unread);
    others.remove(firstPeer);
    return others;
  }

  private @Nullable String currentPeer() {
    lock.lock();
    try {
      return peer;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody asked for this answer; only its failure is worth a line. The end waits for it. */
  private void quietly(CompletableFuture<?> answer) {
    awaitedAtTheEnd(
        answer.handle(
            (done, failure) -> {
              if (failure != null) {
                screen.note(reason(failure));
              }
              return null;
            }));
  }

  private void awaitedAtTheEnd(CompletableFuture<Void> answer) {
    underWay.removeIf(CompletableFuture::isDone);
    underWay.add(answer);
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure.getCause() != null
                && (failure instanceof ExecutionException || failure instanceof CompletionException)
            ? failure.getCause()
            : failure;
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
