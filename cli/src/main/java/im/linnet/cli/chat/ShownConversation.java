package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.client.HistoryEntry;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
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
 * read what it has shown, and nothing else; but in a topic a mark covers all that is older. It
 * waits for the server only so long. The methods that show something are called under the lock of
 * the {@link Dialogue}; {@link #sent} and {@link #changed} are safe on any thread.
 */
final class ShownConversation {
  private final String user;
  private final Screen screen;
  private final ChatOps server;
  private final ReadMarks marks;
  private final Askers askers;
  private final OwnMessages own;
  private final long patienceMillis;
  private final ShownMessages shown = new ShownMessages();
  private @Nullable String older;
  private long oldestMillis = Long.MAX_VALUE;

  ShownConversation(
      String user,
      Screen screen,
      ChatOps server,
      ReadMarks marks,
      Askers askers,
      OwnMessages own,
      long patienceMillis) {
    this.user = user;
    this.screen = screen;
    this.server = server;
    this.marks = marks;
    this.askers = askers;
    this.own = own;
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
  void showEnd(Talk talk, int least, int most, boolean again) {
    show(talk, least, most, null, again);
  }

  /** Shows the messages before the oldest shown one; false if there are none. */
  boolean showEarlier(Talk talk, int limit) {
    if (older == null) {
      return false;
    }
    show(talk, limit, limit, older, true);
    return true;
  }

  private void show(Talk talk, int least, int most, @Nullable String from, boolean again) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    LookBack back = new LookBack(talk, user, least, most, 0, from);
    List<HistoryEntry> requests = List.of();
    String trouble = null;
    boolean many = false;
    try {
      // What was shown before does not count as unread once its marks have arrived.
      await(marks.settled(), deadline);
      Unread.Count waiting = unreadIn(talk, await(server.conversations().unread(), deadline));
      many = waiting.more();
      back = new LookBack(talk, user, least, most, waiting.messages(), from);
      for (int wanted = back.wanted(); wanted > 0; wanted = back.wanted()) {
        back.take(
            await(
                server.conversations().history(talk.kind(), talk.name(), back.older(), wanted),
                deadline));
      }
      if (!talk.isTopic()) {
        requests =
            await(
                    server
                        .conversations()
                        .history(Stream.MUTUAL, talk.name(), null, Dialogue.MOST_AT_OPENING),
                    deadline)
                .items();
      }
    } catch (ExecutionException | TimeoutException e) {
      trouble = "no history: " + Wording.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    long before = from == null ? Long.MAX_VALUE : oldestMillis;
    for (HistoryEntry entry : back.entriesWith(requests, before)) {
      if (shown.add(entry.message()) || again) {
        screen.entry(entry, user);
        remember(entry.message(), talk);
      }
    }
    older = back.older();
    oldestMillis = back.oldestMillis();
    marks.add(talk.kind(), talk.name(), back.unreadUuids(back.entries()));
    marks.add(Stream.MUTUAL, talk.name(), back.unreadUuids(requests));
    askers.shown(talk.name());
    if (trouble != null) {
      screen.note(trouble);
    } else if (back.left() > 0) {
      Unread.Count left = new Unread.Count(back.left(), many);
      screen.note(
          left
              + " earlier ones "
              + (talk.isTopic() ? "in " : "from ")
              + talk.name()
              + " are unread; /more shows them");
    }
  }

  /** Shows a message that has just come, from another user or from another device of the user. */
  void received(Message message, Talk talk) {
    if (!shown.add(message)) {
      return;
    }
    screen.message(message);
    remember(message, talk);
    String sender = message.sender();
    if (talk.isTopic() ? !sender.equals(user) : sender.equals(talk.name())) {
      if (message.kind() == Stream.MUTUAL) {
        askers.shown(talk.name());
      }
      marks.add(message.kind(), talk.name(), List.of(message.uuid()));
    }
  }

  /** An own message is durable; the screen shows it already. */
  void sent(MessageId message, Talk talk, long timeMillis) {
    shown.add(message, timeMillis);
    own.shown(message, talk, timeMillis);
    if (!talk.isTopic() && talk.name().equals(user)) {
      marks.add(message.kind(), user, List.of(message.uuid()));
    }
  }

  /** A message was changed by another user, or on another device; the screen may not show it. */
  void changed(MessageId message, MessageChange change, long timeMillis) {
    if (change.isFinal()) {
      own.recalled(message);
    }
    screen.changed(message, change, timeMillis, shown.time(message));
  }

  private void remember(Message message, Talk talk) {
    if (message.sender().equals(user) && !message.recalled()) {
      own.shown(message.identity(), talk, message.timeMillis());
    }
  }

  private static Unread.Count unreadIn(Talk talk, Unread unread) {
    return talk.isTopic()
        ? unread.topic().getOrDefault(talk.name(), Unread.NONE)
        : unread.from(talk.name());
  }

  private static <T> T await(CompletableFuture<T> answer, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
