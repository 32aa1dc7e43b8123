package im.linnet.log.tail;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.nio.charset.StandardCharsets;

/** Records of one p2p partition, as an edge publishes them. */
final class TailRecords {
  static final StreamPartition P2P = new StreamPartition(Stream.P2P, 0);
  static final long NOW = 1_760_000_000_000L;

  private TailRecords() {}

  static MessageEvent message(String from, String to, String uuid) {
    return new MessageEvent(Stream.P2P, uuid, from, to, "text", "hello");
  }

  static LogRecord record(long offset, long time, InboxEvent event) {
    return record(offset, time, time, event, event.source(), event.id("r" + offset));
  }

  static LogRecord record(
      long offset, long time, long published, InboxEvent event, String source, String id) {
    return new LogRecord(
        event.kind().topic(),
        0,
        offset,
        time,
        bytes(event.owner()),
        InboxEventCodec.encode(event),
        new EventHeaders(
            bytes(event.type()), bytes(id), bytes(source), EventTime.format(published), null));
  }

  /** The same record with another value. */
  static LogRecord withValue(LogRecord record, byte[] value) {
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        value,
        record.headers());
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
