package im.linnet.persister.decide;

import im.linnet.log.LogPartition;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.records.RecordPlanner;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.CommandEvent;
import im.linnet.schemas.event.CommandEventCodec;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A log of commands and of what a decider answers, and a view that follows it when it is told. */
final class SimulatedCommands {
  static final TopicCatalogue CATALOGUE = new TopicCatalogue(3, 2, 1);

  private static final long TIME = 1_763_755_200_000L;

  final InMemoryRecordStore store = new InMemoryRecordStore();
  private final RecordDecoder<InboxEvent> decoder = RecordDecoder.ofStreams(CATALOGUE);
  private final List<LogRecord> commands = new ArrayList<>();
  private final List<Decoded.Valid<InboxEvent>> answers = new ArrayList<>();
  private final Map<StreamPartition, Long> ends = new HashMap<>();
  private int applied;

  /** The group's offset: commands below it are answered. */
  int committed;

  SimulatedCommands() {
    store.open("log-1");
  }

  void ask(CommandEvent command) {
    commands.add(
        new LogRecord(
            Topic.COMMAND,
            0,
            commands.size(),
            TIME,
            utf8(command.owner()),
            CommandEventCodec.encode(command),
            new EventHeaders(
                utf8(command.type()),
                utf8(command.uuid()),
                utf8(command.source()),
                EventTime.format(TIME),
                utf8("session of " + command.caller()))));
  }

  /** Up to so many commands that are not answered yet. */
  List<LogRecord> batch(int most) {
    return List.copyOf(commands.subList(committed, Math.min(commands.size(), committed + most)));
  }

  boolean isDone() {
    return committed == commands.size();
  }

  List<LogRecord> commands() {
    return commands;
  }

  /** One transaction: all of it, or nothing where it is not called. */
  void commit(List<OutgoingRecord> records, int consumed) {
    records.forEach(this::append);
    committed += consumed;
    // The marker of the transaction has an offset of its own.
    ends.replaceAll((partition, end) -> end + 1);
  }

  private void append(OutgoingRecord record) {
    Stream stream = Objects.requireNonNull(Stream.ofTopic(record.topic()));
    byte[] key = utf8(record.key());
    StreamPartition place = new StreamPartition(stream, CATALOGUE.partition(stream, key));
    long offset = ends.getOrDefault(place, 0L);
    ends.put(place, offset + 1);
    LogRecord stored =
        new LogRecord(
            record.topic(),
            place.partition(),
            offset,
            TIME,
            key,
            record.value(),
            new EventHeaders(
                utf8(record.type()),
                utf8(record.id()),
                utf8(record.source()),
                EventTime.format(TIME),
                record.session() == null ? null : utf8(record.session())));
    if (!(decoder.decode(stored) instanceof Decoded.Valid<InboxEvent> valid)) {
      throw new IllegalStateException(stored.place() + " cannot be read: " + record);
    }
    answers.add(valid);
  }

  /** What the decider has published. */
  List<Decoded.Valid<InboxEvent>> answers() {
    return answers;
  }

  /** The view takes so many records more; all of them, and it is at the log's ends. */
  void apply(int records) {
    int to = (int) Math.min(answers.size(), (long) applied + records);
    List<Decoded.Valid<InboxEvent>> some = answers.subList(applied, to);
    Map<StreamPartition, Long> next = new HashMap<>();
    for (Decoded.Valid<InboxEvent> each : some) {
      next.put(
          new StreamPartition(each.event().kind(), each.record().partition()),
          each.record().offset() + 1);
    }
    if (to == answers.size()) {
      next.putAll(ends);
    }
    store.apply(RecordPlanner.plan(some, next));
    applied = to;
  }

  Map<LogPartition, Long> ends(Collection<LogPartition> partitions) {
    Map<LogPartition, Long> found = new HashMap<>();
    for (LogPartition partition : partitions) {
      found.put(partition, ends.getOrDefault(partition.place(), 0L));
    }
    return found;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
