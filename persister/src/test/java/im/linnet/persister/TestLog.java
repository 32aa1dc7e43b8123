package im.linnet.persister;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.follow.LogScan;
import im.linnet.log.publish.Appended;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.testkit.TestBroker;
import im.linnet.testkit.TimedRecords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A real log that a test writes to as edges do. */
final class TestLog implements AutoCloseable {
  static final TopicCatalogue CATALOGUE = new TopicCatalogue(4, 2, 1);

  private final TestBroker broker;
  private final KafkaPublisher publisher;
  private final TopicAdmin admin;

  TestLog() {
    this(TestBroker.start(CATALOGUE));
  }

  TestLog(TestBroker broker) {
    this.broker = broker;
    this.publisher = new KafkaPublisher(kafka(), CATALOGUE, "edges", Clock.systemUTC());
    this.admin = TopicAdmin.open(kafka());
    publisher.start();
  }

  KafkaSettings kafka() {
    return KafkaSettings.of(broker.bootstrapServers());
  }

  String id() {
    return broker.clusterId();
  }

  PersisterConfig config(String instance) {
    return PersisterConfig.DEFAULT.withCatalogue(CATALOGUE).withInstance(instance);
  }

  /** Messages from {@code aa} to users {@code u0, u1, ...}, durable when this returns. */
  void messages(int from, int count, int users) {
    List<CompletableFuture<Appended>> sent = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      String to = "u" + i % users;
      sent.add(publish(new MessageEvent(Stream.P2P, "m" + i, "aa", to, "text", "hello " + i)));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }

  /** A read mark of everything that the user has so far. */
  void readAll(String user) {
    int partition = publisher.partition(Stream.P2P.topic(), user);
    long end = end(new StreamPartition(Stream.P2P, partition));
    publish(
            new ReadEvent(
                Stream.P2P,
                user,
                "aa",
                new Extent.UpTo(new Position(Stream.P2P, partition, end - 1))))
        .join();
  }

  CompletableFuture<Appended> publish(InboxEvent event) {
    return publisher.publish(
        new OutgoingRecord(
            event.kind().topic(),
            event.owner(),
            InboxEventCodec.encode(event),
            event.type(),
            event.id("r"),
            event.source(),
            null));
  }

  /** A command of the caller's, durable when this returns. */
  void ask(CommandEvent command) {
    publisher
        .publish(
            new OutgoingRecord(
                Topic.COMMAND,
                command.owner(),
                CommandEventCodec.encode(command),
                command.type(),
                command.uuid(),
                command.source(),
                "session of " + command.caller()))
        .join();
  }

  Appended poison(String key) {
    return publisher
        .publish(
            new OutgoingRecord(
                Stream.P2P.topic(),
                key,
                "{not json".getBytes(StandardCharsets.UTF_8),
                MessageEvent.TYPE,
                "x",
                "/x",
                null))
        .join();
  }

  /** Some users whose p2p partition that is. */
  static List<String> usersOf(int partition, int count) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "of" + i)
        .filter(
            user ->
                CATALOGUE.partition(Stream.P2P, user.getBytes(StandardCharsets.UTF_8)) == partition)
        .limit(count)
        .toList();
  }

  /** Appends records at the broker times that they name; only of a log that keeps times. */
  void append(List<LogRecord> records) {
    TimedRecords.append(broker, records);
  }

  long end(StreamPartition partition) {
    LogPartition place = LogPartition.of(partition);
    return admin.offsets().ends(List.of(place)).getOrDefault(place, -1L);
  }

  /** Where every partition of the streams ends. */
  Map<StreamPartition, Long> ends() {
    Map<StreamPartition, Long> ends = new HashMap<>();
    for (Stream stream : Stream.values()) {
      for (int p = 0; p < CATALOGUE.partitions(stream); p++) {
        StreamPartition partition = new StreamPartition(stream, p);
        ends.put(partition, end(partition));
      }
    }
    return ends;
  }

  /** Whether a view at these positions has everything that is in the log now. */
  boolean isAllIn(Map<StreamPartition, Long> next) {
    return ends().entrySet().stream()
        .allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  /** All that stands in a topic. */
  List<LogRecord> all(String topic, int partitions) {
    Map<LogPartition, Long> ends = admin.offsets().ends(LogPartition.all(topic, partitions));
    List<LogRecord> records = new ArrayList<>();
    try (LogScan scan = new LogScan(kafka(), "all", Map.of(), ends)) {
      while (!scan.isDone()) {
        records.addAll(scan.next().records());
      }
    }
    return records;
  }

  @Override
  public void close() {
    publisher.close();
    admin.close();
    broker.close();
  }
}
