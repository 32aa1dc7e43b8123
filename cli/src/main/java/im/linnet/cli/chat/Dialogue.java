package im.linnet.cli.chat;

import im.linnet.client.ClientEvent;
import im.linnet.client.Draft;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.Unread;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The talk of a user with one peer at a time: the commands of the user and the events of the
 * client, for the {@link ShownConversation} of that peer. A conversation that is opened shows
 * everything unread, oldest first, up to a bound, and says how much is left. The thread that reads
 * lines and the client's listener meet here. A lock guards both; the client's loop, which brings
 * the answers of the server, never takes it.
 */
final class Dialogue {
  /** More than a person can read at once; {@code /more} shows the rest. */
  static final int MOST_AT_OPENING = 200;

  private final String user;
  private final int historyLength;
  private final Screen screen;
  private final ChatServer server;
  private final Answers answers;
  private final ReadMarks marks;
  private final Lock lock = new ReentrantLock();
  private final Askers askers = new Askers();
  private final ShownConversation conversation;
  private volatile @Nullable String peer;
  private boolean synced;
  private volatile boolean failed;

  Dialogue(
      String user,
      @Nullable String peer,
      int historyLength,
      Screen screen,
      ChatServer server,
      Answers answers,
      long patienceMillis) {
    this.user = user;
    this.peer = peer;
    this.historyLength = historyLength;
    this.screen = screen;
    this.server = server;
    this.answers = answers;
    this.marks = new ReadMarks(server, answers, screen);
    this.conversation = new ShownConversation(user, screen, server, marks, askers, patienceMillis);
  }

  /** Whether a message was not sent. */
  boolean failed() {
    return failed;
  }

  @Nullable String peer() {
    return peer;
  }

  /** Ends the talk, so that no message goes to the last peer by mistake. */
  void talkToNobody() {
    lock.lock();
    try {
      peer = null;
      conversation.leave();
    } finally {
      lock.unlock();
    }
  }

  /** Begins to talk to another user. */
  void talkTo(String name) {
    lock.lock();
    try {
      peer = name;
      open(name);
    } finally {
      lock.unlock();
    }
  }

  /** Shows the newest messages, even if the screen shows them already. */
  void history(OptionalInt count) {
    lock.lock();
    try {
      String name = peer;
      if (name == null) {
        screen.note("with whom? /to NAME");
      } else {
        int limit = count.orElse(historyLength);
        conversation.showEnd(name, limit, limit, true);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows the messages before the oldest shown one. */
  void more(OptionalInt count) {
    lock.lock();
    try {
      String name = peer;
      if (name == null) {
        screen.note("with whom? /to NAME");
      } else if (!conversation.showEarlier(name, count.orElse(historyLength))) {
        screen.note("there are no earlier messages");
      }
    } finally {
      lock.unlock();
    }
  }

  void send(String text) {
    String to = peer();
    if (to == null) {
      screen.note("to whom? /to NAME");
      return;
    }
    Screen.Sending sending = screen.sending(user, text);
    CompletableFuture<Void> shownAsSent =
        server
            .send(Draft.p2p(to, text))
            .handle(
                (sent, failure) -> {
                  if (failure != null) {
                    failed = true;
                    sending.failed(text, failure instanceof TimeoutException, Wording.of(failure));
                  } else {
                    conversation.sent(new MessageId(Stream.P2P, to, sent.uuid(), user));
                    sending.sent(sent.timeMillis(), user, text);
                  }
                  return null;
                });
    answers.add(shownAsSent);
  }

  /** Changes the last message of this user on the screen. */
  void change(MessageChange change) {
    MessageId message = conversation.lastOwn();
    if (message == null || !message.to().equals(peer())) {
      screen.note("you said nothing here that can be changed");
      return;
    }
    answers.add(
        server
            .change(message, change)
            .handle(
                (done, failure) -> {
                  if (failure == null) {
                    conversation.changed(message, change.isFinal());
                    screen.changed(message, change, System.currentTimeMillis());
                  } else {
                    failed = true;
                    screen.note("not changed: " + Wording.of(failure));
                  }
                  return null;
                }));
  }

  /** A message was changed by its sender. */
  void changed(ClientEvent.MessageChanged changed) {
    MessageId message = changed.message();
    String other = message.from().equals(user) ? message.to() : message.from();
    if (synced && other.equals(peer())) {
      screen.changed(message, changed.change(), changed.timeMillis());
    }
  }

  /** Shows the unread counts, once the messages on the screen are marked. */
  void unread() {
    answers.quietly(
        marks
            .settled()
            .thenCompose(settled -> server.unread())
            .thenAccept(
                unread -> {
                  screen.note(unread.total() + " unread");
                  screen.unread(unread.p2p(), unread.mutual(), askers.names());
                }));
  }

  void synced(ClientEvent.Synced now) {
    lock.lock();
    try {
      boolean first = !synced;
      synced = true;
      String current = peer;
      if (current != null && (first || now.cut() || now.reset())) {
        open(current);
      }
      if (first) {
        answers.quietly(
            server
                .unread()
                .thenAccept(
                    unread ->
                        screen.unread(others(unread, current), unread.mutual(), askers.names())));
      }
    } finally {
      lock.unlock();
    }
  }

  void received(Message message) {
    lock.lock();
    try {
      String other = message.sender().equals(user) ? message.to() : message.sender();
      if (message.kind() == Stream.TOPIC) {
        return;
      }
      if (message.kind() == Stream.MUTUAL && message.sender().equals(other)) {
        askers.asked(other);
      }
      if (!synced) {
        // A message before the first synced is shown when its conversation is opened.
        return;
      }
      if (!other.equals(peer)) {
        screen.note(other + " wrote (/to " + other + ")");
      } else {
        conversation.received(message, other);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shows a conversation from its end, with all unread messages, and watches the peer's presence.
   */
  private void open(String name) {
    answers.quietly(server.watch(name));
    conversation.showEnd(name, historyLength, MOST_AT_OPENING, false);
  }

  /** The counts without the current peer, whose messages were just shown. */
  private static Map<String, Unread.Count> others(Unread unread, @Nullable String current) {
    Map<String, Unread.Count> others = new HashMap<>(unread.p2p());
    others.remove(current);
    return others;
  }
}
