package im.linnet.records;

import im.linnet.log.tail.RecordFilter;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.ChangeEvent;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.ProfileEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.RecallEvent;
import im.linnet.schemas.event.ReceiptEvent;
import im.linnet.schemas.event.RecordDecoder;
import im.linnet.schemas.event.SentEvent;
import im.linnet.schemas.event.TopicAct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A log in memory: what is appended to it stands at the next offset of its owner's partition. */
public final class TestLog {
  public static final int PARTITIONS = 3;

  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(PARTITIONS, PARTITIONS, 1);

  private final RecordDecoder<InboxEvent> decoder = RecordDecoder.ofStreams(CATALOGUE);
  private final Map<StreamPartition, RecordFilter> filters = new HashMap<>();
  private final Set<Position> counting = new HashSet<>();
  private final Map<StreamPartition, Long> ends = new HashMap<>();
  private final List<Decoded.Valid<InboxEvent>> records = new ArrayList<>();
  private long time = 1_763_755_200_000L;

  public static int partitionOf(String user) {
    return CATALOGUE.partition(Stream.P2P, user.getBytes(StandardCharsets.UTF_8));
  }

  /** The time that the next records are appended at, ms. */
  public TestLog at(long millis) {
    time = millis;
    return this;
  }

  /** Leaves offsets out, as transaction markers do. */
  public TestLog skip(Stream stream, String owner, int offsets) {
    ends.merge(new StreamPartition(stream, partitionOf(owner)), (long) offsets, Long::sum);
    return this;
  }

  public Decoded.Valid<InboxEvent> append(InboxEvent event) {
    return append(event, InboxEventCodec.encode(event), headers(event, event, time));
  }

  /** A record of a producer that writes its values in its own way. */
  public Decoded.Valid<InboxEvent> append(InboxEvent event, String value) {
    return append(event, value.getBytes(StandardCharsets.UTF_8), headers(event, event, time));
  }

  /** A record that was published so long before it came into the log. */
  public Decoded.Valid<InboxEvent> late(InboxEvent event, long millis) {
    return append(event, InboxEventCodec.encode(event), headers(event, event, time - millis));
  }

  /** A record whose headers name another event. */
  public Decoded.Valid<InboxEvent> misnamed(InboxEvent event, InboxEvent named) {
    return append(event, InboxEventCodec.encode(event), headers(event, named, time));
  }

  /** The two records of a fact about two users. */
  public List<Decoded.Valid<InboxEvent>> fact(InboxEvent fact, String one, String other) {
    byte[] value = InboxEventCodec.encode(fact);
    return List.of(
        append(fact, one, value, headers(fact, fact, time)),
        append(fact, other, value, headers(fact, fact, time)));
  }

  private Decoded.Valid<InboxEvent> append(InboxEvent event, byte[] value, EventHeaders headers) {
    return append(event, event.owner(), value, headers);
  }

  private Decoded.Valid<InboxEvent> append(
      InboxEvent event, String key, byte[] value, EventHeaders headers) {
    StreamPartition place = new StreamPartition(event.kind(), partitionOf(key));
    long offset = ends.getOrDefault(place, 0L);
    ends.put(place, offset + 1);
    LogRecord record =
        new LogRecord(
            event.kind().topic(),
            place.partition(),
            offset,
            time,
            key.getBytes(StandardCharsets.UTF_8),
            value,
            headers);
    Decoded.Valid<InboxEvent> valid = new Decoded.Valid<>(record, key, event);
    records.add(valid);
    if (!(event instanceof MessageEvent) || counts(record)) {
      counting.add(position(valid));
    }
    return valid;
  }

  private boolean counts(LogRecord record) {
    if (!(decoder.decode(record) instanceof Decoded.Valid<InboxEvent> message)) {
      return false;
    }
    return filters
            .computeIfAbsent(position(message).place(), place -> RecordFilter.of(decoder))
            .judge(record, at -> null)
        == RecordFilter.Verdict.COUNTS;
  }

  private static EventHeaders headers(InboxEvent event, InboxEvent named, long published) {
    return new EventHeaders(
        event.type().getBytes(StandardCharsets.UTF_8),
        named.id("drawn").getBytes(StandardCharsets.UTF_8),
        named.source().getBytes(StandardCharsets.UTF_8),
        EventTime.format(published),
        null);
  }

  public Decoded.Valid<InboxEvent> p2p(String from, String to, String uuid) {
    return append(new MessageEvent(Stream.P2P, uuid, from, to, "text", "content of " + uuid));
  }

  public Decoded.Valid<InboxEvent> mutual(String from, String to, String uuid) {
    return append(new MessageEvent(Stream.MUTUAL, uuid, from, to, "poke", "content of " + uuid));
  }

  public Decoded.Valid<InboxEvent> sent(Decoded.Valid<InboxEvent> message) {
    return append(new SentEvent((MessageEvent) message.event(), origin(message)));
  }

  public Decoded.Valid<InboxEvent> read(Stream stream, String reader, String peer, Position upTo) {
    return append(new ReadEvent(stream, reader, peer, new Extent.UpTo(upTo)));
  }

  public Decoded.Valid<InboxEvent> read(
      String reader, String peer, Decoded.Valid<InboxEvent> upTo) {
    return read(upTo.event().kind(), reader, peer, position(upTo));
  }

  public Decoded.Valid<InboxEvent> readUuids(
      Stream stream, String reader, String peer, String... uuids) {
    return append(new ReadEvent(stream, reader, peer, new Extent.Uuids(List.of(uuids))));
  }

  public Decoded.Valid<InboxEvent> receipt(Decoded.Valid<InboxEvent> read) {
    return append(new ReceiptEvent((ReadEvent) read.event(), origin(read)));
  }

  public Decoded.Valid<InboxEvent> edit(Decoded.Valid<InboxEvent> message, String content) {
    return append(new EditEvent(((MessageEvent) message.event()).identity(), content, null));
  }

  public Decoded.Valid<InboxEvent> recall(Decoded.Valid<InboxEvent> message) {
    return append(new RecallEvent(((MessageEvent) message.event()).identity(), null));
  }

  public Decoded.Valid<InboxEvent> profile(
      String user, @Nullable String nickname, @Nullable String avatar) {
    return append(new ProfileEvent(user, nickname, avatar));
  }

  public Decoded.Valid<InboxEvent> contact(
      String owner, String user, @Nullable String remark, @Nullable List<String> labels) {
    return append(new ContactEvent(owner, user, remark, labels));
  }

  /** The copy of a change for the sender's other devices. */
  public Decoded.Valid<InboxEvent> copy(Decoded.Valid<InboxEvent> change) {
    Origin of = origin(change);
    return append(
        switch ((ChangeEvent) change.event()) {
          case EditEvent edit -> new EditEvent(edit.message(), edit.content(), of);
          case RecallEvent recall -> new RecallEvent(recall.message(), of);
        });
  }

  public Decoded.Valid<InboxEvent> topicMessage(String from, String topic, String uuid) {
    return append(new MessageEvent(Stream.TOPIC, uuid, from, topic, "text", "content of " + uuid));
  }

  /** A topic's mark that all members are told of. */
  public Decoded.Valid<InboxEvent> readTopic(String reader, Decoded.Valid<InboxEvent> upTo) {
    return append(
        new ReadEvent(
            Stream.TOPIC, reader, upTo.owner(), new Extent.UpTo(position(upTo)), Audience.ALL));
  }

  /** An open topic without history, that {@code members} are the first members of. */
  public Decoded.Valid<InboxEvent> created(String topic, String... members) {
    return created(topic, false, members);
  }

  /** An open topic. */
  public Decoded.Valid<InboxEvent> created(String topic, boolean history, String... members) {
    return append(
        new CreatedEvent(
            act(topic, members[0]),
            List.of(members),
            "name of " + topic,
            JoinPolicy.OPEN,
            history));
  }

  public Decoded.Valid<InboxEvent> joined(String topic, String... members) {
    return append(new JoinedEvent(act(topic, members[0]), List.of(members)));
  }

  public Decoded.Valid<InboxEvent> left(String topic, String member) {
    return append(new LeftEvent(act(topic, member), member));
  }

  public Decoded.Valid<InboxEvent> kicked(String topic, String by, String member) {
    return append(new KickedEvent(act(topic, by), member));
  }

  public Decoded.Valid<InboxEvent> disbanded(String topic, String by) {
    return append(new DisbandedEvent(act(topic, by)));
  }

  /** The command of a fact; no two have the same uuid. */
  public TopicAct act(String topic, String by) {
    return new TopicAct(topic, by, "command " + records.size());
  }

  public static Position position(Decoded.Valid<InboxEvent> valid) {
    return new Position(valid.event().kind(), valid.record().partition(), valid.record().offset());
  }

  private static Origin origin(Decoded.Valid<InboxEvent> valid) {
    return new Origin(position(valid), valid.record().timestamp());
  }

  /** All records in the order of appending. */
  public List<Decoded.Valid<InboxEvent>> records() {
    return List.copyOf(records);
  }

  /** Those that count: no copies among them. */
  public List<Decoded.Valid<InboxEvent>> counting() {
    return records.stream().filter(each -> counting.contains(position(each))).toList();
  }

  public Map<StreamPartition, Long> ends() {
    return Map.copyOf(ends);
  }

  /** The plan of those of some records that count, going on behind all of them. */
  @SafeVarargs
  public final RecordPlan counted(Decoded.Valid<InboxEvent>... batch) {
    return counted(List.of(batch));
  }

  /** The plan of those of some records that count, going on behind all of them. */
  public RecordPlan counted(List<Decoded.Valid<InboxEvent>> batch) {
    return RecordPlanner.plan(
        batch.stream().filter(each -> counting.contains(position(each))).toList(), next(batch));
  }

  /** The plan of some records, all of which count. */
  @SafeVarargs
  public static RecordPlan plan(Decoded.Valid<InboxEvent>... records) {
    return plan(List.of(records));
  }

  /** The plan of some records, going on behind the last of them in each partition. */
  public static RecordPlan plan(List<Decoded.Valid<InboxEvent>> records) {
    return RecordPlanner.plan(records, next(records));
  }

  private static Map<StreamPartition, Long> next(List<Decoded.Valid<InboxEvent>> batch) {
    Map<StreamPartition, Long> next = new HashMap<>();
    for (Decoded.Valid<InboxEvent> valid : batch) {
      Position at = position(valid);
      next.merge(at.place(), at.offset() + 1, Math::max);
    }
    return next;
  }
}
