package im.linnet.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.KeyPartitioner;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(8, 4, 1);
  private static final RecordDecoder<InboxEvent> DECODER = RecordDecoder.ofStreams(CATALOGUE);
  private static final int OF_BB = 0;
  private static final long PUBLISHED = 1763755200000L;
  private static final MessageEvent MESSAGE =
      new MessageEvent(Stream.P2P, "u-1", "aa", "bb", "text", "Hello");
  private static final byte[] VALUE = InboxEventCodec.encode(MESSAGE);

  private static LogRecord record(
      @Nullable String key, @Nullable String type, byte @Nullable [] value, long appended) {
    int partition = key == null ? 3 : CATALOGUE.partition(Stream.P2P, bytes(key));
    return record(partition, key, type, value, appended);
  }

  private static LogRecord record(
      int partition,
      @Nullable String key,
      @Nullable String type,
      byte @Nullable [] value,
      long appended) {
    byte[] time = EventTime.format(PUBLISHED);
    return new LogRecord(
        Topic.P2P,
        partition,
        812,
        appended,
        key == null ? null : bytes(key),
        value,
        new EventHeaders(
            type == null ? null : bytes(type),
            bytes(MESSAGE.uuid()),
            bytes(MESSAGE.source()),
            time,
            null));
  }

  private static LogRecord named(@Nullable String id, @Nullable String source) {
    return of(record("bb", "message", VALUE, PUBLISHED), id, source);
  }

  private static LogRecord of(LogRecord record, @Nullable String id, @Nullable String source) {
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        new EventHeaders(
            record.headers().type(),
            id == null ? null : bytes(id),
            source == null ? null : bytes(source),
            record.headers().time(),
            null));
  }

  @Test
  void headersThatNameAnotherIdentityThanTheValueMakeAMessageMalformed() {
    assertThat(DECODER.decode(named("u-1", "/p2p/aa/bb"))).isInstanceOf(Decoded.Valid.class);
    assertThat(reason(named("u-2", "/p2p/aa/bb"))).startsWith("ce_id: ");
    assertThat(reason(named(null, "/p2p/aa/bb"))).startsWith("ce_id: ");
    assertThat(reason(named("u-1", "/p2p/aa/cc"))).startsWith("ce_source: ").contains("/p2p/aa/bb");
    assertThat(reason(named("u-1", null))).startsWith("ce_source: ");
  }

  private static LogRecord in(String topic, LogRecord record) {
    return new LogRecord(
        topic,
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String reason(LogRecord record) {
    Decoded<InboxEvent> decoded = DECODER.decode(record);
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    assertThat(decoded.record()).isSameAs(record);
    return ((Decoded.Malformed<InboxEvent>) decoded).reason();
  }

  @Test
  void takesARecordThatIsWhatItSays() {
    LogRecord record = record("bb", "message", VALUE, PUBLISHED + 5);
    assertThat(DECODER.decode(record)).isEqualTo(new Decoded.Valid<>(record, "bb", MESSAGE));
    assertThat(record.place()).isEqualTo("im.p2p.v1-0@812");
  }

  @Test
  void aLateRecordIsStaleWhateverItHolds() {
    LogRecord late = record("bb", "message", VALUE, PUBLISHED + 20_001);
    assertThat(DECODER.decode(late)).isEqualTo(new Decoded.Stale<>(late));
    LogRecord lateJunk = record(null, null, bytes("junk"), PUBLISHED + 20_001);
    assertThat(DECODER.decode(lateJunk)).isInstanceOf(Decoded.Stale.class);
    assertThat(RecordDecoder.isStale(late)).isTrue();
  }

  @Test
  void aRecordJustInTimeCounts() {
    assertThat(DECODER.decode(record("bb", "message", VALUE, PUBLISHED + 20_000)))
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
    assertThat(DECODER.decode(counts)).isEqualTo(new Decoded.Valid<>(counts, "bb", MESSAGE));
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
    assertThat(DECODER.decode(newer)).isEqualTo(new Decoded.Unknown<>(newer, "fly"));
  }

  @Test
  void aTopicsMessageIsNotOneToTheUserOfThatName() {
    String text = new String(VALUE, StandardCharsets.UTF_8).replace("\"p2p\"", "\"topic\"");
    LogRecord ofTopic =
        in(Topic.TOPIC, of(record("bb", "message", bytes(text), PUBLISHED), "u-1", "/topic/aa/bb"));
    MessageEvent message = new MessageEvent(Stream.TOPIC, "u-1", "aa", "bb", "text", "Hello");
    assertThat(DECODER.decode(ofTopic)).isEqualTo(new Decoded.Valid<>(ofTopic, "bb", message));
    assertThat(reason(in(Topic.TOPIC, record("bb", "message", VALUE, PUBLISHED))))
        .startsWith("kind: is not topic");
    assertThat(reason(record("bb", "message", bytes(text), PUBLISHED)))
        .startsWith("kind: is not p2p");
  }

  @Test
  void aRecordUnderAnotherUsersKeyIsMalformed() {
    assertThat(reason(record("aa", "message", VALUE, PUBLISHED))).contains("'aa' is not 'bb'");
    LogRecord badKey =
        new LogRecord(
            Topic.P2P,
            CATALOGUE.partition(Stream.P2P, new byte[] {(byte) 0xff}),
            812,
            PUBLISHED,
            new byte[] {(byte) 0xff},
            VALUE,
            new EventHeaders(bytes("message"), null, null, null, null));
    assertThat(reason(badKey)).startsWith("key: ").contains("is not 'bb'");
  }

  @Test
  void aRecordOutsideOfItsKeysPartitionIsMalformedWhateverItSays() {
    String reason = "key: belongs to the partition 0, not 5";
    assertThat(reason(record(5, "bb", "message", VALUE, PUBLISHED))).isEqualTo(reason);
    assertThat(reason(record(5, "bb", "fly", bytes("{}"), PUBLISHED))).isEqualTo(reason);
    assertThat(DECODER.decode(record(OF_BB, "bb", "message", VALUE, PUBLISHED)))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void eachStreamHasItsOwnCount() {
    LogRecord record = record(2, "room", "burnt", bytes("{}"), PUBLISHED);
    assertThat(DECODER.decode(in(Topic.TOPIC, record))).isInstanceOf(Decoded.Unknown.class);
    assertThat(DECODER.decode(in(Topic.MUTUAL, record))).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void aTopicWithoutAFamilyIsNotJudged() {
    LogRecord command = in(Topic.COMMAND, record("bb", "message", VALUE, PUBLISHED));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DECODER.decode(command))
        .withMessageContaining("im.command.v1-0@812");
  }

  /** A topic with a family of its own is judged by the same rules. */
  @Test
  void anyFamilyOfEventsIsJudgedAlike() {
    EventFamily<MessageEvent> messages =
        new EventFamily<>() {
          @Override
          public boolean knows(String type) {
            return type.equals("command");
          }

          @Override
          public MessageEvent decode(String type, byte[] value) throws MalformedEventException {
            return (MessageEvent) InboxEventCodec.decode(Stream.P2P, "message", value);
          }
        };
    RecordDecoder<MessageEvent> decoder =
        new RecordDecoder<>(new TopicCatalogue(8, 4, 1), Map.of(Topic.COMMAND, messages));
    LogRecord command = in(Topic.COMMAND, record(0, "bb", "command", VALUE, PUBLISHED));
    assertThat(decoder.decode(command)).isEqualTo(new Decoded.Valid<>(command, "bb", MESSAGE));
    LogRecord elsewhere = in(Topic.COMMAND, record(1, "bb", "command", VALUE, PUBLISHED));
    assertThat(decoder.decode(elsewhere)).isInstanceOf(Decoded.Malformed.class);
    LogRecord newer = in(Topic.COMMAND, record(0, "bb", "message", VALUE, PUBLISHED));
    assertThat(decoder.decode(newer)).isEqualTo(new Decoded.Unknown<>(newer, "message"));
  }

  @Test
  void aMarkBelongsToItsOwnPartition() {
    ReadEvent here = new ReadEvent(Stream.P2P, "bb", "aa", upTo(OF_BB));
    ReadEvent elsewhere = new ReadEvent(Stream.P2P, "bb", "aa", upTo(4));
    assertThat(DECODER.decode(record("bb", "read", InboxEventCodec.encode(here), PUBLISHED)))
        .isInstanceOf(Decoded.Valid.class);
    assertThat(reason(record("bb", "read", InboxEventCodec.encode(elsewhere), PUBLISHED)))
        .isEqualTo("upTo: 'p2p/4/811' is not in the partition 0");
  }

  /** Of a message to {@code bb} or a mark of hers, so in her partition, which is 0. */
  @Test
  void aCopyAndAReceiptNameAPlaceInTheOriginalsPartition() {
    MessageEvent toBb = new MessageEvent(Stream.P2P, "u-1", "aa", "bb", "text", "Hello");
    ReadEvent byBb = new ReadEvent(Stream.P2P, "bb", "aa", upTo(OF_BB));
    assertThat(judged(new SentEvent(toBb, of("p2p/0/7")))).isInstanceOf(Decoded.Valid.class);
    assertThat(judged(new ReceiptEvent(byBb, of("p2p/0/7")))).isInstanceOf(Decoded.Valid.class);
    for (InboxEvent event :
        List.of(new SentEvent(toBb, of("p2p/4/7")), new ReceiptEvent(byBb, of("p2p/4/7")))) {
      assertThat(judged(event))
          .isInstanceOfSatisfying(
              Decoded.Malformed.class,
              malformed ->
                  assertThat(malformed.reason())
                      .isEqualTo("of.at: 'p2p/4/7' is not in the partition 0"));
    }
    assertThat(judged(new ReceiptEvent(byBb, of("mutual/0/7"))))
        .isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void aFactCountsUnderEachOfItsTwoUsersAndNoOther() {
    byte[] value = InboxEventCodec.encode(new FriendEvent(FriendAct.ADD, "u-1", "aa", "bb", ""));
    for (String key : List.of("aa", "bb")) {
      assertThat(DECODER.decode(decided(key, "add_friend", value, PUBLISHED)))
          .isInstanceOfSatisfying(
              Decoded.Valid.class, valid -> assertThat(valid.owner()).isEqualTo(key));
    }
    assertThat(DECODER.decode(decided("cc", "add_friend", value, PUBLISHED)))
        .isInstanceOf(Decoded.Malformed.class);
    assertThat(DECODER.decode(decided("bb", "accept_friend", value, PUBLISHED)))
        .isInstanceOf(Decoded.Malformed.class);
    assertThat(DECODER.decode(record("bb", "add_friend", value, PUBLISHED)))
        .as("in p2p")
        .isInstanceOf(Decoded.Unknown.class);
  }

  @Test
  void aFactIsNeverStale() {
    byte[] value = InboxEventCodec.encode(new BlockEvent(BlockAct.ADD, "u-1", "aa", "bb"));
    assertThat(DECODER.decode(decided("bb", "blocked", value, PUBLISHED + 60_000)))
        .isInstanceOf(Decoded.Valid.class);
  }

  private static LogRecord decided(String key, String type, byte[] value, long appended) {
    int partition = KeyPartitioner.partition(bytes(key), 8);
    return in(Topic.MUTUAL, record(partition, key, type, value, appended));
  }

  private static Origin of(String position) {
    return new Origin(Objects.requireNonNull(Position.parse(position)), PUBLISHED);
  }

  private static Decoded<InboxEvent> judged(InboxEvent event) {
    return DECODER.decode(
        record(event.owner(), event.type(), InboxEventCodec.encode(event), PUBLISHED));
  }

  private static Extent upTo(int partition) {
    return new Extent.UpTo(new Position(Stream.P2P, partition, 811));
  }
}
