package im.linnet.edge.delivery;

import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.RecordChoice;
import im.linnet.log.tail.RecordSink;
import im.linnet.log.tail.TailState;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.TypingEvent;
import im.linnet.schemas.frame.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions of this edge by what they receive: a user's own key in p2p and mutual, and the
 * topics that the user is in. A fact that lets a user in or out of a topic changes what the user's
 * live sessions receive, from its own offset on. Owned by the tail's thread, so a session joins and
 * leaves exactly between two records.
 */
public final class Subscriptions {
  private static final int MOST_TOLD_OF_SIGNALS = 200;

  // By key, in each partition that has any.
  private final Map<StreamPartition, Map<String, KeySubscribers>> subscribers = new HashMap<>();
  private final ToIntFunction<String> userPartition;
  private final PushListener told;
  private final KeySubscribers.Shared shared;

  /**
   * @param userPartition the partition of a user's key
   * @param few to how many sessions of one user the tail pushes by itself; to more, and to those of
   *     a topic, their event loops do
   * @param retryAfterMillis how long a session that had to be closed is told to wait, with jitter
   * @param pushed told the type of a pushed record and how many sessions it went to, on the tail's
   *     thread and on event loops
   */
  public Subscriptions(
      ToIntFunction<String> userPartition,
      int few,
      LongSupplier retryAfterMillis,
      ObjIntConsumer<String> pushed) {
    this.userPartition = userPartition;
    this.told =
        new PushListener() {
          @Override
          public void pushed(String type, int sessions) {
            pushed.accept(type, sessions);
          }

          @Override
          public void misses(LiveSession session, String why) {
            session.close(CloseCode.OVERLOADED, why, retryAfterMillis.getAsLong());
          }
        };
    this.shared = new KeySubscribers.Shared(few, new HashMap<>(), told);
  }

  /**
   * From the next record on, the session is pushed what stands under its user's own key.
   *
   * @param place the session has seen the records below it, so they are not pushed
   */
  public void join(TailState tail, StreamPartition partition, LiveSession session, long place) {
    join(tail, partition, session.user(), session, place, 0);
  }

  /**
   * From the next record on, the session is pushed what stands under that topic.
   *
   * @param place records below it are not pushed: the session has seen them
   * @param joined the offset of the fact that let its user in
   */
  public void joinTopic(
      TailState tail,
      StreamPartition partition,
      String topic,
      LiveSession session,
      long place,
      long joined) {
    if (!session.topics().contains(topic)) {
      session.topics().add(topic, partition);
      join(tail, partition, topic, session, place, joined);
    }
  }

  private void join(
      TailState tail,
      StreamPartition partition,
      String key,
      LiveSession session,
      long place,
      long joined) {
    KeySubscribers found = find(partition, key);
    if (found == null || found.isLost()) {
      found = new KeySubscribers(partition, shared);
      subscribers.computeIfAbsent(partition, first -> new HashMap<>()).put(key, found);
      RecordSink sink =
          partition.stream() == Stream.TOPIC ? new TopicSink(tail, partition, key, found) : found;
      tail.subscribe(partition, bytes(key), sink);
    }
    found.add(session, place, joined);
  }

  private @Nullable KeySubscribers find(StreamPartition partition, String key) {
    Map<String, KeySubscribers> byKey = subscribers.get(partition);
    return byKey == null ? null : byKey.get(key);
  }

  /** The session is pushed nothing more; nothing happens where it never joined. */
  public void leave(TailState tail, LiveSession session) {
    int partition = userPartition.applyAsInt(session.user());
    for (Stream stream : Stream.OF_USERS) {
      leave(tail, new StreamPartition(stream, partition), session.user(), session);
    }
    session.topics().forEach((topic, home) -> leave(tail, home, topic, session));
  }

  private void leave(TailState tail, StreamPartition partition, String key, LiveSession session) {
    KeySubscribers found = find(partition, key);
    if (found != null) {
      found.remove(session);
      dropIfEmpty(tail, partition, key, found);
    }
  }

  private void dropIfEmpty(
      TailState tail, StreamPartition partition, String key, KeySubscribers found) {
    Map<String, KeySubscribers> byKey = subscribers.get(partition);
    if (byKey != null && found.isEmpty() && byKey.remove(key, found)) {
      tail.unsubscribe(partition, bytes(key));
      if (byKey.isEmpty()) {
        subscribers.remove(partition);
      }
    }
  }

  /**
   * Begins to follow the facts that let users into topics: from such a fact on, which is the first,
   * the users' live sessions are pushed the topic's records. Once, before the first session joins.
   */
  public void begin(TailState tail) {
    tail.watch(
        RecordChoice.ofTypes(TopicMembership.JOINS),
        new RecordSink() {
          @Override
          public void take(Decoded.Valid<? extends LogEvent> record) {
            letIn(tail, record);
          }

          @Override
          public void interrupted(StreamPartition partition) {
            if (partition.stream() == Stream.TOPIC) {
              missJoins(partition);
            }
          }
        });
  }

  private void letIn(TailState tail, Decoded.Valid<? extends LogEvent> fact) {
    StreamPartition home = new StreamPartition(Stream.TOPIC, fact.record().partition());
    long offset = fact.record().offset();
    for (String user : TopicMembership.letIn(fact.event())) {
      for (LiveSession session : sessions(user)) {
        long place = Math.max(offset, session.topics().place(home));
        joinTopic(tail, home, fact.owner(), session, place, offset);
      }
    }
  }

  /** Each live session may have been let into a topic by a fact that was not met. */
  private void missJoins(StreamPartition partition) {
    Set<LiveSession> all = new HashSet<>();
    subscribers
        .values()
        .forEach(byKey -> byKey.values().forEach(each -> all.addAll(each.sessions())));
    all.forEach(each -> told.misses(each, partition + " has to be read again"));
  }

  /**
   * Pushes a frame without a place in the log to the live sessions of a topic's members, unless
   * they are very many here: then nobody could follow such signals, and the tail has better to do.
   *
   * @param place the topic's partition
   * @param from the user whose sessions do not get it
   */
  public void signal(StreamPartition place, String topic, String from, byte[] frame) {
    KeySubscribers members = find(place, topic);
    List<LiveSession> sessions = members == null ? List.of() : members.sessions();
    if (!sessions.isEmpty() && sessions.size() <= MOST_TOLD_OF_SIGNALS) {
      int pushes = 0;
      for (LiveSession session : sessions) {
        if (!session.user().equals(from)) {
          session.outbox().offer(frame);
          pushes++;
        }
      }
      told.pushed(TypingEvent.TYPE, pushes);
    }
  }

  /** The live sessions of a user. */
  private List<LiveSession> sessions(String user) {
    StreamPartition own = new StreamPartition(Stream.P2P, userPartition.applyAsInt(user));
    KeySubscribers found = find(own, user);
    return found == null ? List.of() : found.sessions();
  }

  /** The subscribers of one topic, who leave after the fact that lets their user out. */
  private final class TopicSink implements RecordSink {
    private final TailState tail;
    private final StreamPartition home;
    private final String topic;
    private final KeySubscribers members;

    TopicSink(TailState tail, StreamPartition home, String topic, KeySubscribers members) {
      this.tail = tail;
      this.home = home;
      this.topic = topic;
      this.members = members;
    }

    @Override
    public void take(Decoded.Valid<? extends LogEvent> record) {
      members.take(record);
      if (TopicMembership.letsOut(record.event())) {
        for (LiveSession session : members.sessions()) {
          if (TopicMembership.letsOut(record.event(), session.user())) {
            members.remove(session);
            session.topics().remove(topic);
          }
        }
        dropIfEmpty(tail, home, topic, members);
      }
    }

    @Override
    public void interrupted(StreamPartition partition) {
      members.interrupted(partition);
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
