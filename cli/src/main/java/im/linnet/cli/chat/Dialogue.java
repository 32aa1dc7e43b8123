package im.linnet.cli.chat;

import im.linnet.client.ChatClient;
import im.linnet.client.ClientEvent;
import im.linnet.client.Draft;
import im.linnet.client.HistoryPage;
import im.linnet.client.Message;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * With whom the user talks, and what of that is on the screen. The thread that reads lines and the
 * client's listener meet here; both are guarded by a lock that the client's loop (replies) never
 * takes.
 */
final class Dialogue {
  private final String user;
  private final @Nullable String firstPeer;
  private final int historyLength;
  private final Screen screen;
  private final ChatClient client;
  private final Answers answers;
  private final long patienceMillis;
  private final ShownMessages shown = new ShownMessages();
  private final Lock lock = new ReentrantLock();
  private @Nullable String peer;
  private boolean synced;
  private volatile boolean failed;

  Dialogue(
      String user,
      @Nullable String peer,
      int historyLength,
      Screen screen,
      ChatClient client,
      Answers answers,
      long patienceMillis) {
    this.user = user;
    this.peer = peer;
    this.firstPeer = peer;
    this.historyLength = historyLength;
    this.screen = screen;
    this.client = client;
    this.answers = answers;
    this.patienceMillis = patienceMillis;
  }

  /** Whether a message was not sent. */
  boolean failed() {
    return failed;
  }

  @Nullable String peer() {
    lock.lock();
    try {
      return peer;
    } finally {
      lock.unlock();
    }
  }

  /** Turns to somebody else. */
  void talkTo(String name) {
    lock.lock();
    try {
      peer = name;
      open(name);
    } finally {
      lock.unlock();
    }
  }

  /** Shows what was said last, again where it stands on the screen already. */
  void history(String name, int limit) {
    lock.lock();
    try {
      show(name, limit, true);
    } finally {
      lock.unlock();
    }
  }

  void send(String to, String text) {
    CompletableFuture<Void> shownAsSent =
        client
            .send(Draft.p2p(to, text))
            .handle(
                (sent, failure) -> {
                  if (failure != null) {
                    failed = true;
                    screen.note("NOT SENT: " + text + " (" + Answers.reason(failure) + ")");
                  } else if (shown.add(user, to, sent.uuid())) {
                    screen.sent(sent.timeMillis(), user, text);
                  }
                  return null;
                });
    answers.add(shownAsSent);
  }

  void synced(ClientEvent.Synced now) {
    lock.lock();
    try {
      boolean first = !synced;
      synced = true;
      if (first) {
        answers.quietly(client.unread().thenAccept(unread -> screen.unread(others(unread.p2p()))));
      }
      if (peer != null && (first || now.cut() || now.reset())) {
        open(peer);
      }
    } finally {
      lock.unlock();
    }
  }

  void received(Message message) {
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
          answers.quietly(client.read(message.kind(), other, message.at()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows a conversation from its end, marks it as read, and watches the other one. */
  private void open(String name) {
    answers.quietly(client.watch(List.of(name)));
    Position newest = show(name, historyLength, false);
    if (newest != null) {
      answers.quietly(client.read(Stream.P2P, name, newest));
    }
  }

  /** Prints the newest messages; gives the place of the newest one from the peer. */
  private @Nullable Position show(String name, int limit, boolean again) {
    HistoryPage page;
    try {
      page =
          client.history(Stream.P2P, name, null, limit).get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      screen.note("no history: " + Answers.reason(e));
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

  /** Without those whose messages are about to be shown. */
  private Map<String, Long> others(Map<String, Long> unread) {
    Map<String, Long> others = new HashMap<>(unread);
    others.remove(firstPeer);
    return others;
  }
}
