package im.linnet.cli.chat;

import im.linnet.client.HistoryPage;
import im.linnet.client.Message;
import im.linnet.client.Unread;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The messages on the screen. It reads pages from the server, shows each message once, and marks as
 * read what it has shown, and nothing else. It waits for the server only so long. The methods that
 * show something are called under the lock of the {@link Dialogue}; {@link #sent}, {@link #lastOwn}
 * and {@link #changed} are safe on any thread.
 */
final class ShownConversation {
  private final String user;
  private final Screen screen;
  private final ChatServer server;
  private final ReadMarks marks;
  private final Askers askers;
  private final long patienceMillis;
  private final ShownMessages shown = new ShownMessages();
  private volatile @Nullable MessageId lastOwn;
  private @Nullable String older;
  private long oldestMillis = Long.MAX_VALUE;

  ShownConversation(
      String user,
      Screen screen,
      ChatServer server,
      ReadMarks marks,
      Askers askers,
      long patienceMillis) {
    this.user = user;
    this.screen = screen;
    this.server = server;
    this.marks = marks;
    this.askers = askers;
    this.patienceMillis = patienceMillis;
  }

  /** The user talks to nobody now: no earlier messages are left to show. */
  void leave() {
    older = null;
  }

  /**
   * Shows a conversation from its end: at least {@code least} messages, and all that is unread up
   * to {@code most}.
   *
   * @param again whether messages that are on the screen already are shown a second time
   */
  void showEnd(String peer, int least, int most, boolean again) {
    show(peer, least, most, null, again);
  }

  /** Shows the messages before the oldest shown one; false if there are none. */
  boolean showEarlier(String peer, int limit) {
    if (older == null) {
      return false;
    }
    show(peer, limit, limit, older, true);
    return true;
  }

  private void show(String peer, int least, int most, @Nullable String from, boolean again) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    LookBack back = new LookBack(peer, least, most, 0, from);
    List<HistoryPage.Entry> requests = List.of();
    String trouble = null;
    boolean many = false;
    try {
      // What was shown before does not count as unread once its marks have arrived.
      await(marks.settled(), deadline);
      Unread.Count waiting = await(server.unread(), deadline).from(peer);
      many = waiting.more();
      back = new LookBack(peer, least, most, waiting.messages(), from);
      for (int wanted = back.wanted(); wanted > 0; wanted = back.wanted()) {
        back.take(await(server.history(Stream.P2P, peer, back.older(), wanted), deadline));
      }
      requests =
          await(server.history(Stream.MUTUAL, peer, null, Dialogue.MOST_AT_OPENING), deadline)
              .messages();
    } catch (ExecutionException | TimeoutException e) {
      trouble = "no history: " + Wording.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    long before = from == null ? Long.MAX_VALUE : oldestMillis;
    for (HistoryPage.Entry entry : back.entriesWith(requests, before)) {
      if (shown.add(entry.message()) || again) {
        screen.entry(entry, user);
        remember(entry.message());
      }
    }
    older = back.older();
    oldestMillis = back.oldestMillis();
    marks.add(Stream.P2P, peer, back.unreadUuids(back.entries()));
    marks.add(Stream.MUTUAL, peer, back.unreadUuids(requests));
    askers.shown(peer);
    if (trouble != null) {
      screen.note(trouble);
    } else if (back.left() > 0) {
      Unread.Count left = new Unread.Count(back.left(), many);
      screen.note(left + " earlier ones from " + peer + " are unread; /more shows them");
    }
  }

  /** Shows a message that has just come, from the peer or from another device of the user. */
  void received(Message message, String peer) {
    if (!shown.add(message)) {
      return;
    }
    screen.message(message);
    remember(message);
    if (message.sender().equals(peer)) {
      if (message.kind() == Stream.MUTUAL) {
        askers.shown(peer);
      }
      marks.add(message.kind(), peer, List.of(message.uuid()));
    }
  }

  /** An own message is durable; the screen shows it already. */
  void sent(MessageId message) {
    shown.add(message);
    lastOwn = message;
  }

  /** The last message of the user on the screen that can still be changed. */
  @Nullable MessageId lastOwn() {
    return lastOwn;
  }

  /** The user has changed that message; it is the last one to change, or cannot change again. */
  void changed(MessageId message, boolean isFinal) {
    lastOwn = isFinal ? null : message;
  }

  private void remember(Message message) {
    if (message.sender().equals(user) && !message.recalled()) {
      lastOwn = message.identity();
    }
  }

  private static <T> T await(CompletableFuture<T> answer, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
