package im.linnet.testkit;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which second copies of a message count for nobody, as cases that every reader of the
 * log runs. All of them stand in one partition, one after the other, each far from the one before
 * and with identities of its own.
 */
public final class CopyCases {
  private static final long BEGIN = 1_763_755_200_000L;
  private static final long APART_MILLIS = 300_000;
  private static final long LATE_MILLIS = EventTime.MAX_DELAY_MILLIS + 1;
  private static final int BETWEEN = 10;
  private static final byte[] BROKEN = utf8("[]");

  private final Stream kind;
  private final int partition;
  private final String to;
  private final String other;
  private final List<Entry> entries = new ArrayList<>();
  private String name = "";
  private long begin = BEGIN;

  /**
   * One record of a case.
   *
   * @param name of the case
   * @param record as it stands in the log
   * @param counts whether it is a message for whoever reads the log
   */
  public record Entry(String name, LogRecord record, boolean counts) {}

  private CopyCases(Stream kind, int partition, String to, String other) {
    this.kind = kind;
    this.partition = partition;
    this.to = to;
    this.other = other;
  }

  /**
   * All cases, in the order of the log, from offset 0.
   *
   * @param kind the stream
   * @param partition of that stream
   * @param to a user, or a topic, of that partition, the recipient of almost all
   * @param other another one of that partition
   */
  public static List<Entry> of(Stream kind, int partition, String to, String other) {
    CopyCases cases = new CopyCases(kind, partition, to, other);
    cases.distances();
    cases.whatDoesNotStand();
    cases.clocks();
    return List.copyOf(cases.entries);
  }

  private void distances() {
    begin("a copy after 1 s").counts(0).leftOut(1_000);
    begin("a copy after 29 s").counts(0).leftOut(29_000);
    begin("a copy after 30 s").counts(0).leftOut(30_000);
    begin("31 s after it the identity is a message of its own").counts(0).counts(31_000);
    begin("a chain of copies, until it breaks");
    counts(0).leftOut(25_000).leftOut(50_000).leftOut(75_000).counts(106_000).leftOut(107_000);
    begin("another sender, recipient or id is another identity").counts(0);
    add(1_000, true, message("cc", to, "v"), each -> each);
    add(1_000, true, message("aa", other, "v"), each -> each);
    add(1_000, true, message("aa", to, "w"), each -> each);
  }

  private void whatDoesNotStand() {
    begin("a stale one is no first copy").stale(0).counts(1_000).leftOut(2_000);
    begin("a stale one carries no chain on").counts(0).stale(20_000).counts(40_000);
    begin("a malformed one is no first copy").malformed(0).counts(1_000).leftOut(2_000);
    begin("nor is one that lies many records before it").malformed(0);
    for (int i = 1; i <= BETWEEN; i++) {
      other(i);
    }
    counts(1_000).leftOut(2_000);
    begin("a malformed one carries no chain on").counts(0).malformed(20_000).counts(40_000);
    begin("headers that name another identity hold it back neither here nor there");
    counts(0);
    MessageEvent named = message("aa", to, "named");
    add(1_000, false, message("aa", to, "v"), each -> with(each, each.key(), each.value(), named));
    add(2_000, true, named, each -> each);
    leftOut(3_000);
    begin("headers that name it do not make a value a message");
    add(0, false, message("aa", to, "w"), each -> with(each, each.key(), each.value(), plain()));
    counts(1_000);
    begin("headers that name a known identity carry no chain on").counts(0);
    MessageEvent lying = message("aa", to, "x");
    add(20_000, false, lying, each -> with(each, each.key(), each.value(), plain()));
    counts(40_000);
    begin("a record without a key is no first copy");
    add(0, false, plain(), each -> with(each, null, each.value(), plain()));
    counts(1_000);
    begin("a record under another key is no first copy");
    add(0, false, plain(), each -> with(each, utf8(other), each.value(), plain()));
    counts(1_000);
  }

  private void clocks() {
    begin("a clock that goes back makes nothing nearer").counts(0).other(40_000).counts(5_000);
    begin("time stands still until the clock has caught up");
    counts(20_000).leftOut(0).leftOut(45_000).leftOut(74_000);
    begin("what stood at a time that was passed stood at that time");
    other(40_000).counts(0).leftOut(69_000);
    begin("a stale record's time counts too");
    counts(0);
    add(35_000, false, message("cc", to, "late"), CopyCases::late);
    counts(1_000);
  }

  private CopyCases begin(String next) {
    name = next;
    begin += APART_MILLIS;
    return this;
  }

  private CopyCases counts(long millis) {
    return add(millis, true, plain(), each -> each);
  }

  private CopyCases leftOut(long millis) {
    return add(millis, false, plain(), each -> each);
  }

  private CopyCases stale(long millis) {
    return add(millis, false, plain(), CopyCases::late);
  }

  private CopyCases malformed(long millis) {
    return add(millis, false, plain(), each -> with(each, each.key(), BROKEN, plain()));
  }

  /** A message that has nothing to do with the case. */
  private CopyCases other(long millis) {
    return add(millis, true, message("cc", other, "other" + millis), each -> each);
  }

  private MessageEvent plain() {
    return message("aa", to, "u");
  }

  /** A message whose id no other case has. */
  private MessageEvent message(String from, String recipient, String id) {
    return new MessageEvent(kind, id + begin, from, recipient, "text", "hello");
  }

  private CopyCases add(
      long millis, boolean counts, MessageEvent message, UnaryOperator<LogRecord> change) {
    long time = begin + millis;
    LogRecord record =
        new LogRecord(
            kind.topic(),
            partition,
            entries.size(),
            time,
            utf8(message.owner()),
            InboxEventCodec.encode(message),
            headers(message, time));
    entries.add(new Entry(name, change.apply(record), counts));
    return this;
  }

  private static LogRecord with(
      LogRecord record, byte @Nullable [] key, byte @Nullable [] value, MessageEvent named) {
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        key,
        value,
        headers(named, record.timestamp()));
  }

  private static LogRecord late(LogRecord record) {
    EventHeaders headers = record.headers();
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        new EventHeaders(
            headers.type(),
            headers.id(),
            headers.source(),
            EventTime.format(record.timestamp() - LATE_MILLIS),
            null));
  }

  private static EventHeaders headers(MessageEvent named, long published) {
    return new EventHeaders(
        utf8(named.type()),
        utf8(named.uuid()),
        utf8(named.source()),
        EventTime.format(published),
        null);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
