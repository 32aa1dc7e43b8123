package im.linnet.edge.attach;

import im.linnet.edge.delivery.Pushes;
import im.linnet.edge.delivery.Subscriptions;
import im.linnet.edge.delivery.TopicMembership;
import im.linnet.edge.session.LiveSession;
import im.linnet.log.tail.LogScanner;
import im.linnet.log.tail.RecordChoice;
import im.linnet.log.tail.TailState;
import im.linnet.records.InboxRecord;
import im.linnet.records.Membership;
import im.linnet.records.RecordReader;
import im.linnet.records.Span;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cursor of a partition of the topic stream. The session receives the records of the topics
 * that its user is in, each from the fact that let the user in to the fact that let the user out.
 * The view says how that was up to some offset; the facts in the log carry it on to the tail. Which
 * records the session receives is then arithmetic on offsets.
 */
final class TopicCursor extends PartitionCursor {
  private static final RecordChoice FACTS = RecordChoice.ofTypes(TopicMembership.CHANGES);

  private final String user;
  private final Map<String, TopicSpans> topics = new HashMap<>();
  private final List<Membership> members = new ArrayList<>();

  /** All facts below it are in the spans; -1 while the view has not been asked. */
  private long known = -1;

  private @Nullable RecordChoice choice;

  TopicCursor(StreamPartition partition, String user) {
    super(partition);
    this.user = user;
  }

  /**
   * Asks the view once for the memberships of a user, as they were at the offsets up to which each
   * cursor reads it. Called on a worker.
   */
  static void load(RecordReader store, String user, List<StoreBacklog.Part> parts) {
    if (parts.stream().noneMatch(part -> part.cursor() instanceof TopicCursor)) {
      return;
    }
    List<Membership> memberships = store.topics().memberships(user);
    for (StoreBacklog.Part part : parts) {
      if (part.cursor() instanceof TopicCursor cursor) {
        cursor.load(memberships, part.below());
      }
    }
  }

  private void load(List<Membership> memberships, long below) {
    topics.clear();
    members.clear();
    choice = null;
    known = below;
    for (Membership membership : memberships) {
      TopicSpans then = new TopicSpans(membership.spans()).before(below);
      if (membership.partition() == partition().partition() && !then.spans().isEmpty()) {
        topics.put(membership.topic(), then);
        members.add(membership);
      }
    }
  }

  @Override
  boolean unprepared() {
    return unread() || known < 0;
  }

  @Override
  long needs() {
    return Math.min(place(), known);
  }

  @Override
  Set<String> keys(long from) {
    Set<String> keys = new HashSet<>();
    topics.forEach(
        (topic, spans) -> {
          if (spans.lastsTo(from)) {
            keys.add(topic);
          }
        });
    return keys;
  }

  @Override
  List<StoreSource> sources(RecordReader store, long below) {
    List<StoreSource> sources = new ArrayList<>();
    if (unread()) {
      members.stream()
          .filter(Membership::isMember)
          .forEach(member -> sources.add(StoreSource.unread(store, member, below)));
      return sources;
    }
    topics.forEach(
        (topic, spans) -> {
          for (Span span : spans.spans()) {
            long above = Math.max(place(), span.join()) - 1;
            long end = span.isOpen() ? below : Math.min(below, span.left() + 1);
            if (end - above > 1) {
              sources.add(StoreSource.ofMember(store, topic, span.join(), above, end));
            }
          }
        });
    if (!topics.isEmpty()) {
      String own = InboxRecord.readerKey(partition().partition(), user);
      sources.add(StoreSource.delivered(store, Stream.TOPIC, own, place() - 1, below));
    }
    return sources;
  }

  @Override
  List<LogRecord> take(LogScanner.Scan scan, RecordDecoder<? extends LogEvent> decoder) {
    List<LogRecord> found = new ArrayList<>();
    scan.records().values().forEach(found::addAll);
    found.sort(Comparator.comparingLong(LogRecord::offset));
    for (LogRecord record : found) {
      if (FACTS.takes(0, record)
          && decoder.decode(record) instanceof Decoded.Valid<? extends LogEvent> fact) {
        learn(fact);
      }
    }
    known = Math.max(known, scan.next());
    found.removeIf(record -> !topics.containsKey(text(record.key())));
    return found;
  }

  private void learn(Decoded.Valid<? extends LogEvent> record) {
    long offset = record.record().offset();
    if (offset < known) {
      return;
    }
    TopicSpans before = topics.getOrDefault(record.owner(), TopicSpans.NONE);
    TopicSpans after = before;
    if (TopicMembership.letIn(record.event()).contains(user)) {
      after = before.joined(offset);
    } else if (TopicMembership.letsOut(record.event(), user)) {
      after = before.left(offset);
    }
    if (!after.equals(before)) {
      topics.put(record.owner(), after);
      choice = null;
    }
  }

  @Override
  boolean receives(Decoded.Valid<? extends LogEvent> record) {
    long offset = record.record().offset();
    TopicSpans spans = topics.get(record.owner());
    Span span = spans == null ? null : spans.at(offset);
    return offset >= place() && span != null && Pushes.isFor(record.event(), user, span.join());
  }

  @Override
  boolean carry(TailState tail) {
    known =
        Math.max(
            known,
            tail.replay(
                partition(),
                FACTS,
                known,
                fact -> {
                  learn(fact);
                  return true;
                }));
    return known >= tail.next(partition());
  }

  @Override
  long replay(TailState tail, long from, TailState.Visitor visitor) {
    if (topics.isEmpty()) {
      return Math.max(from, tail.next(partition()));
    }
    RecordChoice wanted = choice;
    if (wanted == null) {
      wanted =
          tail.ofKeys(
              topics.keySet().stream()
                  .map(topic -> topic.getBytes(StandardCharsets.UTF_8))
                  .toList());
      choice = wanted;
    }
    return tail.replay(
        partition(), wanted, from, record -> !receives(record) || visitor.visit(record));
  }

  /** The view may be further on than the tail, which meets the facts in between once more. */
  @Override
  void join(Subscriptions subscriptions, TailState tail, LiveSession session) {
    long next = tail.next(partition());
    if (place() > next) {
      session.topics().beginAhead(partition(), place());
    }
    topics.forEach(
        (topic, spans) -> {
          TopicSpans now = spans.before(next);
          if (now.open()) {
            long joined = now.spans().getLast().join();
            subscriptions.joinTopic(tail, partition(), topic, session, place(), joined);
          }
        });
  }

  private static String text(byte @Nullable [] key) {
    return key == null ? "" : new String(key, StandardCharsets.UTF_8);
  }
}
