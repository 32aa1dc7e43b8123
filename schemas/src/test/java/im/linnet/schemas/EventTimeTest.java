package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
  private static final DateTimeFormatter GENERAL =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  @Test
  void writesAndReadsAsTheGeneralFormatterDoes() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      long millis = random.nextLong(LAST + 1) >> random.nextInt(20);
      String expected = GENERAL.format(Instant.ofEpochMilli(millis));
      assertThat(text(EventTime.format(millis))).isEqualTo(expected);
      assertThat(EventTime.parse(bytes(expected))).isEqualTo(millis);
    }
    assertThat(text(EventTime.format(0))).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(text(EventTime.format(LAST))).isEqualTo("9999-12-31T23:59:59.999Z");
  }

  @Test
  void judgesDamagedTimesAsTheGeneralParserDoes() {
    Random random = new Random(6);
    String characters = "0123456789-:.TZtz+ x";
    for (int i = 0; i < 50_000; i++) {
      byte[] header = EventTime.format(random.nextLong(LAST));
      for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
        header[random.nextInt(header.length)] =
            (byte) characters.charAt(random.nextInt(characters.length()));
      }
      assertThat(EventTime.parse(header)).as(text(header)).isEqualTo(general(text(header)));
    }
  }

  private static long general(String text) {
    try {
      return Math.max(-1, Instant.parse(text).toEpochMilli());
    } catch (DateTimeParseException e) {
      return -1;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T15:47:08Z, 1795362428000",
    "2026-11-22T15:47:08.5Z, 1795362428500",
    "2026-11-22T15:47:08.123456789Z, 1795362428123",
    "2026-11-22T16:47:08.123+01:00, 1795362428123",
    "2026-11-22t15:47:08.123z, 1795362428123",
    "2024-02-29T00:00:00.000Z, 1709164800000"
  })
  void readsOtherRfc3339Forms(String text, long millis) {
    assertThat(EventTime.parse(bytes(text))).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1763755200123",
        "2026-11-22",
        "2026-11-22T15:47:08",
        "2026-11-31T15:47:08.123Z",
        "2026-02-29T15:47:08.123Z",
        "2026-13-01T15:47:08.123Z",
        "2026-11-22T25:47:08.123Z",
        "2026-11-22T15:60:08.123Z",
        "2026x11x22T15y47y08z123Z",
        "1960-01-01T00:00:00.000Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void takesNothingElseForATime(String text) {
    assertThat(EventTime.parse(bytes(text))).isEqualTo(-1);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(8);
    for (int i = 0; i < 5_000; i++) {
      byte[] header = new byte[random.nextInt(80)];
      random.nextBytes(header);
      assertThat(EventTime.parse(header)).isEqualTo(-1);
    }
    assertThat(EventTime.parse(null)).isEqualTo(-1);
    assertThat(EventTime.parse(new byte[100_000])).isEqualTo(-1);
  }

  @Test
  void refusesToWriteATimeOutsideTheForm() {
    assertThatIllegalArgumentException().isThrownBy(() -> EventTime.format(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> EventTime.format(LAST + 1));
  }

  @Test
  void isStaleWhereTheBrokerTookItMoreThanTwentySecondsLater() {
    assertThat(EventTime.isStale(1_000, 21_000)).isFalse();
    assertThat(EventTime.isStale(1_000, 21_001)).isTrue();
    assertThat(EventTime.isStale(50_000, 1_000)).as("a publisher's fast clock").isFalse();
    assertThat(EventTime.isStale(-1, 21_001)).as("no time given").isFalse();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
