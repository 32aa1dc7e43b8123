package im.linnet.records;

import im.linnet.records.RecordPlan.NewMessage;
import im.linnet.records.RecordPlan.ReadMark;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.ReceiptEvent;
import im.linnet.schemas.event.SentEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns one batch of the log into a {@link RecordPlan}: the pure half of the applier. What the plan
 * does to a view depends on the set of records alone, not on their order within the batch: each
 * mark is cut at its own record's offset, so it may be applied behind every message of the batch.
 *
 * <p>Not thread-safe; one planner per batch.
 */
public final class RecordPlanner {
  private final List<InboxRecord> inbox = new ArrayList<>();
  private final Map<Identity, NewMessage> messages = new LinkedHashMap<>();
  private final Map<Conversation, Marks> reads = new LinkedHashMap<>();
  private final Set<Position> duplicates = new HashSet<>();

  private RecordPlanner() {}

  /**
   * Plans a batch that may begin anywhere; see {@link RecordPlan#beginningAt}.
   *
   * @param records the batch's valid records
   * @param next per partition the offset where the applier goes on after this batch
   */
  public static RecordPlan plan(
      List<Decoded.Valid<InboxEvent>> records, Map<StreamPartition, Long> next) {
    RecordPlanner planner = new RecordPlanner();
    for (Decoded.Valid<InboxEvent> record : records) {
      planner.take(record);
    }
    return planner.result(next);
  }

  private void take(Decoded.Valid<InboxEvent> valid) {
    LogRecord record = valid.record();
    InboxEvent event = valid.event();
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalArgumentException(record.place() + " was decoded without a value");
    }
    switch (event) {
      case MessageEvent message -> takeMessage(message, record);
      case ReadEvent read -> takeRead(read, record);
      case SentEvent sent -> {
        // A copy: it is delivered, and changes nothing else.
      }
      case ReceiptEvent receipt -> {
        // A notice: likewise.
      }
    }
    inbox.add(
        new InboxRecord(
            event.kind(),
            valid.owner(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            value));
  }

  private void takeMessage(MessageEvent message, LogRecord record) {
    Identity identity = new Identity(message.kind(), message.to(), message.uuid(), message.from());
    NewMessage found =
        new NewMessage(message, position(message.kind(), record), record.timestamp());
    NewMessage known = messages.putIfAbsent(identity, found);
    if (known == null || known.at().equals(found.at())) {
      return;
    }
    if (known.at().offset() < record.offset()) {
      duplicates.add(found.at());
    } else {
      duplicates.add(known.at());
      messages.put(identity, found);
    }
  }

  private void takeRead(ReadEvent read, LogRecord record) {
    Marks marks =
        reads.computeIfAbsent(
            new Conversation(read.kind(), read.reader(), read.peer()), c -> new Marks());
    switch (read.extent()) {
      case Extent.UpTo mark -> {
        StreamPartition own = new StreamPartition(read.kind(), record.partition());
        if (mark.upTo().place().equals(own)) {
          marks.upTo = Math.max(marks.upTo, Math.min(mark.upTo().offset(), record.offset() - 1));
        }
      }
      case Extent.Uuids named -> {
        for (String uuid : named.uuids()) {
          marks.uuids.merge(uuid, record.offset(), Math::max);
        }
      }
    }
  }

  private RecordPlan result(Map<StreamPartition, Long> next) {
    List<ReadMark> marks = new ArrayList<>(reads.size());
    reads.forEach(
        (conversation, found) -> {
          if (found.upTo >= 0 || !found.uuids.isEmpty()) {
            marks.add(
                new ReadMark(
                    conversation.stream,
                    conversation.reader,
                    conversation.peer,
                    found.upTo,
                    found.uuids));
          }
        });
    return new RecordPlan(List.copyOf(messages.values()), marks, delivered(), Map.of(), next);
  }

  /** A message of this batch is delivered once; the store drops those that older batches had. */
  private List<InboxRecord> delivered() {
    if (!duplicates.isEmpty()) {
      inbox.removeIf(
          record ->
              duplicates.contains(
                  new Position(record.stream(), record.partition(), record.offset())));
    }
    return inbox;
  }

  private static Position position(Stream stream, LogRecord record) {
    return new Position(stream, record.partition(), record.offset());
  }

  private record Identity(Stream stream, String to, String uuid, String from) {}

  private record Conversation(Stream stream, String reader, String peer) {}

  private static final class Marks {
    private long upTo = -1;
    private final Map<String, Long> uuids = new HashMap<>();
  }
}
