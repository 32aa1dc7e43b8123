package im.linnet.persister.apply;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import im.linnet.schemas.event.RecordDecoder;
import java.nio.charset.StandardCharsets;

/** Records as they stand in the log. */
final class Entries {
  /** One partition per stream, so every key stands in it. */
  static final RecordDecoder<InboxEvent> DECODER =
      RecordDecoder.ofStreams(new TopicCatalogue(1, 1, 1));

  static final long TIME = 1_763_755_200_000L;

  private Entries() {}

  static MessageEvent message(String from, String to, int number) {
    return new MessageEvent(Stream.P2P, "m" + number, from, to, "text", "hello " + number);
  }

  static ReadEvent readUpTo(String reader, String peer, int partition, long offset) {
    return new ReadEvent(
        Stream.P2P, reader, peer, new Extent.UpTo(new Position(Stream.P2P, partition, offset)));
  }

  /** Judges as if nothing stood in the log before a batch. */
  static LogJudge judge() {
    return new LogJudge(DECODER, (records, each) -> {});
  }

  static LogRecord record(InboxEvent event, int partition, long offset) {
    return record(event, partition, offset, TIME, TIME);
  }

  static LogRecord stale(InboxEvent event, int partition, long offset) {
    return record(event, partition, offset, TIME, TIME + EventTime.MAX_DELAY_MILLIS + 1);
  }

  static LogRecord record(
      InboxEvent event, int partition, long offset, long published, long appended) {
    return new LogRecord(
        event.kind().topic(),
        partition,
        offset,
        appended,
        utf8(event.owner()),
        InboxEventCodec.encode(event),
        new EventHeaders(
            utf8(event.type()),
            utf8(event.id("id" + offset)),
            utf8(event.source()),
            EventTime.format(published),
            null));
  }

  static LogRecord record(
      String topic,
      String key,
      String type,
      byte[] value,
      int partition,
      long offset,
      long appended) {
    EventHeaders headers =
        new EventHeaders(utf8(type), utf8("id" + offset), utf8("/x"), EventTime.format(TIME), null);
    return new LogRecord(topic, partition, offset, appended, utf8(key), value, headers);
  }

  static LogRecord poison(int partition, long offset) {
    return record(
        Stream.P2P.topic(), "bb", MessageEvent.TYPE, utf8("{not json"), partition, offset, TIME);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
