package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.client.ClientEvent;
import im.linnet.client.Message;
import im.linnet.client.MessageChange;
import im.linnet.client.Unread;
import im.linnet.schemas.Names;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The talk of a user with one peer, or in one topic, at a time: the commands of the user and the
 * events of the client, for the {@link ShownConversation} on the screen. A conversation that is
 * opened shows everything unread, oldest first, up to a bound, and says how much is left. The
 * thread that reads lines and the client's listener meet here. A lock guards both; the client's
 * loop, which brings the answers of the server, never takes it.
 */
final class Dialogue {
  /** More than a person can read at once; {@code /more} shows the rest. */
  static final int MOST_AT_OPENING = 200;

  private final String user;
  private final int historyLength;
  private final Screen screen;
  private final ChatOps server;
  private final Answers answers;
  private final ReadMarks marks;
  private final Lock lock = new ReentrantLock();
  private final Askers askers = new Askers();
  private final ShownConversation conversation;
  private final OwnWords said;
  private final OwnMessages own = new OwnMessages();
  private final TopicNames names = new TopicNames();
  private volatile @Nullable Talk talk;
  private boolean synced;

  Dialogue(
      String user,
      @Nullable String peer,
      int historyLength,
      Screen screen,
      ChatOps server,
      Answers answers,
      long patienceMillis) {
    this.user = user;
    this.talk = peer == null ? null : Talk.with(peer);
    this.historyLength = historyLength;
    this.screen = screen;
    this.server = server;
    this.answers = answers;
    this.marks = new ReadMarks(server, answers, screen);
    this.conversation =
        new ShownConversation(user, screen, server, marks, askers, own, patienceMillis);
    this.said = new OwnWords(user, screen, server, answers, conversation, own);
  }

  /** Whether a message was not sent, or not changed. */
  boolean failed() {
    return said.failed();
  }

  /** The present talk; null for none. */
  @Nullable Talk talk() {
    return talk;
  }

  /** The names of topics. */
  TopicNames names() {
    return names;
  }

  /** Ends the talk, so that no message goes to the last peer by mistake. */
  void talkToNobody() {
    lock.lock();
    try {
      talk = null;
      conversation.leave();
    } finally {
      lock.unlock();
    }
  }

  /** Begins to talk to another user. */
  void talkTo(String name) {
    turnTo(Talk.with(name));
  }

  /** Begins to talk in a topic, given by its id or its name. */
  void talkIn(String topic) {
    String id = names.idOf(topic);
    if (!Names.isUser(id)) {
      talkToNobody();
      screen.note("there is no topic '" + topic + "' among yours; /topics lists them");
      return;
    }
    turnTo(Talk.in(id));
  }

  private void turnTo(Talk next) {
    lock.lock();
    try {
      talk = next;
      open(next);
    } finally {
      lock.unlock();
    }
  }

  /** Shows the newest messages, even if the screen shows them already. */
  void history(OptionalInt count) {
    lock.lock();
    try {
      Talk current = talk;
      if (current == null) {
        screen.note("with whom? /to NAME");
      } else {
        int limit = count.orElse(historyLength);
        conversation.showEnd(current, limit, limit, true);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows the messages before the oldest shown one. */
  void more(OptionalInt count) {
    lock.lock();
    try {
      Talk current = talk;
      if (current == null) {
        screen.note("with whom? /to NAME");
      } else if (!conversation.showEarlier(current, count.orElse(historyLength))) {
        screen.note("there are no earlier messages");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends a message into the present talk. */
  void send(String text) {
    Talk to = talk;
    if (to == null) {
      screen.note("to whom? /to NAME");
    } else {
      said.send(to, text);
    }
  }

  /** Changes the last message of this user in the present talk, once it is durable. */
  void change(MessageChange change) {
    CompletableFuture<MessageId> last = lastOwn();
    if (last == null) {
      screen.note("you said nothing here that can be changed");
    } else {
      said.change(last, change);
    }
  }

  /** The last message of this user in the present talk that can be changed; null for none. */
  @Nullable CompletableFuture<MessageId> lastOwn() {
    Talk current = talk;
    return current == null ? null : own.last(current);
  }

  /** A message was changed by its sender. */
  void changed(ClientEvent.MessageChanged changed) {
    if (synced && Talk.of(changed.message(), user).equals(talk)) {
      conversation.changed(changed.message(), changed.change(), changed.timeMillis());
    }
  }

  /** Somebody has read messages; in a topic, those of others do not count. */
  void read(ClientEvent.ReadReceived read) {
    boolean topic = read.kind() == Stream.TOPIC;
    Talk readIn = topic ? Talk.in(read.peer()) : Talk.with(read.reader());
    if (readIn.equals(talk)
        && !(topic && read.reader().equals(user))
        && (!topic || read.upTo() != null || own.holdsAny(readIn, read.uuids()))) {
      screen.read(read.reader());
    }
  }

  /** A topic of this user has changed. */
  void topicChanged(ClientEvent.TopicChanged changed) {
    lock.lock();
    try {
      Talk topic = Talk.in(changed.topic());
      boolean out = TopicWords.endsFor(changed, user);
      boolean current = topic.equals(talk);
      String hint = current || out ? "" : " (" + topic.command() + ")";
      String words = TopicWords.of(changed, user, names.of(changed.topic()));
      names.learn(changed.topic(), changed.name());
      if (synced) {
        screen.note(words + hint);
      }
      if (current && out) {
        talkToNobody();
        screen.note("you talk to nobody now");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows the unread counts, once the messages on the screen are marked. */
  void unread() {
    answers.quietly(
        marks
            .settled()
            .thenCompose(settled -> server.conversations().unread())
            .thenAccept(
                unread -> {
                  screen.note(unread.total() + " unread");
                  screen.unread(unread.p2p(), unread.mutual(), askers.names());
                  screen.unreadTopics(unread.topic(), names);
                }));
  }

  void synced(ClientEvent.Synced now) {
    lock.lock();
    try {
      boolean first = !synced;
      synced = true;
      Talk current = talk;
      if (current != null && (first || now.cut() || now.reset())) {
        open(current);
      }
      if (first) {
        answers.quietly(
            server
                .conversations()
                .unread()
                .thenAccept(
                    unread -> {
                      screen.unread(
                          others(unread.p2p(), Stream.P2P, current),
                          unread.mutual(),
                          askers.names());
                      screen.unreadTopics(others(unread.topic(), Stream.TOPIC, current), names);
                    }));
      }
    } finally {
      lock.unlock();
    }
  }

  void received(Message message) {
    lock.lock();
    try {
      Talk other = Talk.of(message, user);
      boolean request = message.kind() == Stream.MUTUAL && !message.sender().equals(user);
      if (request) {
        askers.asked(other.name());
      }
      if (!synced) {
        // A message before the first synced is shown when its conversation is opened.
        return;
      }
      if (other.equals(talk)) {
        conversation.received(message, other);
      } else if (!FriendWords.areOf(message)) {
        String in = other.isTopic() ? " in " + names.of(other.name()) : "";
        screen.note(message.sender() + " wrote" + in + " (" + other.command() + ")");
      }
      if (request && FriendWords.areOf(message)) {
        screen.note(FriendWords.of(message));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shows a conversation from its end, with all unread messages, and the other side. */
  private void open(Talk next) {
    if (next.isTopic()) {
      // A refusal is said once, by the history.
      answers.add(
          server
              .topics()
              .info(next.name())
              .thenAccept(info -> screen.note(TopicWords.info(info, names)))
              .exceptionally(refused -> null));
    } else {
      answers.quietly(server.presence().watch(List.of(next.name())));
    }
    conversation.showEnd(next, historyLength, MOST_AT_OPENING, false);
  }

  /** The counts without the current talk, whose messages were just shown. */
  private static Map<String, Unread.Count> others(
      Map<String, Unread.Count> counts, Stream kind, @Nullable Talk current) {
    Map<String, Unread.Count> others = new HashMap<>(counts);
    if (current != null && current.kind() == kind) {
      others.remove(current.name());
    }
    return others;
  }
}
