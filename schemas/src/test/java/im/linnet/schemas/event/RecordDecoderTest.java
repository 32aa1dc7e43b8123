package im.linnet.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.event.InboxEvent.Extent;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEvent.Read;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
  private static final long PUBLISHED = 1763755200000L;
  private static final Message MESSAGE =
      new Message(Stream.P2P, "u-1", "aa", "bb", "text", "Hello");
  private static final byte[] VALUE = InboxEventCodec.encode(MESSAGE);

  private static LogRecord record(
      @Nullable String key, @Nullable String type, byte @Nullable [] value, long appended) {
    byte[] time = EventTime.format(PUBLISHED);
    return new LogRecord(
        Topic.P2P,
        3,
        812,
        appended,
        key == null ? null : bytes(key),
        value,
        new EventHeaders(type == null ? null : bytes(type), null, null, time, null));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String reason(LogRecord record) {
    Decoded decoded = RecordDecoder.decode(Stream.P2P, record);
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    assertThat(decoded.record()).isSameAs(record);
    return ((Decoded.Malformed) decoded).reason();
  }

  @Test
  void takesARecordThatIsWhatItSays() {
    LogRecord record = record("bb", "message", VALUE, PUBLISHED + 5);
    assertThat(RecordDecoder.decode(Stream.P2P, record))
        .isEqualTo(new Decoded.Valid(record, "bb", MESSAGE));
    assertThat(record.place()).isEqualTo("im.p2p.v1-3@812");
  }

  @Test
  void aLateRecordIsStaleWhateverItHolds() {
    LogRecord late = record("bb", "message", VALUE, PUBLISHED + 20_001);
    assertThat(RecordDecoder.decode(Stream.P2P, late)).isEqualTo(new Decoded.Stale(late));
    LogRecord lateJunk = record(null, null, bytes("junk"), PUBLISHED + 20_001);
    assertThat(RecordDecoder.decode(Stream.P2P, lateJunk)).isInstanceOf(Decoded.Stale.class);
    assertThat(RecordDecoder.isStale(late)).isTrue();
  }

  @Test
  void aRecordJustInTimeCounts() {
    assertThat(RecordDecoder.decode(Stream.P2P, record("bb", "message", VALUE, PUBLISHED + 20_000)))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(reason(record(null, "message", VALUE, PUBLISHED))).startsWith("key: ");
    assertThat(reason(record("bb", "message", null, PUBLISHED))).startsWith("value: ");
    assertThat(reason(record("bb", null, VALUE, PUBLISHED))).startsWith("ce_type: ");
    assertThat(reason(record("bb", "message", bytes("junk"), PUBLISHED))).isNotEmpty();
  }

  @Test
  void aValueCountsUpToOneMebibyteForEveryReader() {
    byte[] largest = padded(RecordDecoder.MAX_VALUE_BYTES);
    LogRecord counts = record("bb", "message", largest, PUBLISHED);
    assertThat(RecordDecoder.decode(Stream.P2P, counts))
        .isEqualTo(new Decoded.Valid(counts, "bb", MESSAGE));
    assertThat(RecordDecoder.MAX_VALUE_BYTES).isEqualTo(1_048_576);
    assertThat(reason(record("bb", "message", padded(1_048_577), PUBLISHED)))
        .isEqualTo("value: 1048577 bytes, more than 1048576");
  }

  /** The message with blanks before its closing brace. */
  private static byte[] padded(int size) {
    byte[] padded = Arrays.copyOf(VALUE, size);
    Arrays.fill(padded, VALUE.length - 1, size - 1, (byte) ' ');
    padded[size - 1] = '}';
    return padded;
  }

  @Test
  void whatANewerVersionWritesIsUnknownNotMalformed() {
    LogRecord newer = record("bb", "fly", bytes("{}"), PUBLISHED);
    assertThat(RecordDecoder.decode(Stream.P2P, newer))
        .isEqualTo(new Decoded.Unknown(newer, "fly"));
  }

  @Test
  void aTopicsMessageIsNotOneToTheUserOfThatName() {
    String text = new String(VALUE, StandardCharsets.UTF_8).replace("\"p2p\"", "\"topic\"");
    LogRecord ofTopic = record("bb", "message", bytes(text), PUBLISHED);
    assertThat(RecordDecoder.decode(Stream.TOPIC, ofTopic))
        .isEqualTo(new Decoded.Unknown(ofTopic, "message"));
  }

  @Test
  void aRecordUnderAnotherUsersKeyIsMalformed() {
    assertThat(reason(record("aa", "message", VALUE, PUBLISHED))).contains("'aa' is not 'bb'");
    LogRecord badKey =
        new LogRecord(
            Topic.P2P,
            3,
            812,
            PUBLISHED,
            new byte[] {(byte) 0xff},
            VALUE,
            new EventHeaders(bytes("message"), null, null, null, null));
    assertThat(reason(badKey)).startsWith("key: ");
  }

  @Test
  void aMarkBelongsToItsOwnPartition() {
    Read here = new Read(Stream.P2P, "bb", "aa", upTo(3));
    Read elsewhere = new Read(Stream.P2P, "bb", "aa", upTo(4));
    assertThat(
            RecordDecoder.decode(
                Stream.P2P, record("bb", "read", InboxEventCodec.encode(here), PUBLISHED)))
        .isInstanceOf(Decoded.Valid.class);
    assertThat(reason(record("bb", "read", InboxEventCodec.encode(elsewhere), PUBLISHED)))
        .isEqualTo("upTo: 'p2p/4/811' in the partition 3");
  }

  private static Extent upTo(int partition) {
    return new Extent.UpTo(new Position(Stream.P2P, partition, 811));
  }
}
