package im.linnet.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The publisher's time in {@code ce_time}, RFC 3339 in UTC with milliseconds: {@code
 * 2026-11-22T15:47:08.123Z}. That one form is written and read without a general parser, since each
 * record carries it; any other valid RFC 3339 time is read too.
 *
 * <p>The rule of staleness also lives here: a record that reached the broker more than {@link
 * #MAX_DELAY_MILLIS} after its publisher made it (a producer that was paused) counts for no reader.
 */
public final class EventTime {
  /** The longest delay, in ms, between a publisher's clock and the broker's append time. */
  public static final long MAX_DELAY_MILLIS = 20_000;

  private static final int LENGTH = "2026-11-22T15:47:08.123Z".length();
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private EventTime() {}

  /** The header bytes of a time in ms since the epoch. */
  public static byte[] format(long millis) {
    return FORMAT.format(Instant.ofEpochMilli(millis)).getBytes(StandardCharsets.US_ASCII);
  }

  /** The time in ms since the epoch, or -1 where the header is missing or not a time. */
  public static long parse(byte @Nullable [] header) {
    if (header == null) {
      return -1;
    }
    if (header.length == LENGTH && header[LENGTH - 1] == 'Z' && header[10] == 'T') {
      long date = date(header);
      int hour = digits(header, 11, 2);
      int minute = digits(header, 14, 2);
      int second = digits(header, 17, 2);
      int millis = digits(header, 20, 3);
      if (date >= 0 && hour >= 0 && minute >= 0 && second >= 0 && millis >= 0) {
        return date + ((hour * 60L + minute) * 60 + second) * 1000 + millis;
      }
    }
    try {
      return Instant.parse(new String(header, StandardCharsets.US_ASCII)).toEpochMilli();
    } catch (DateTimeParseException e) {
      return -1;
    }
  }

  /** Whether a record of that publisher's time, appended at that broker time, counts for nobody. */
  public static boolean isStale(long published, long appended) {
    return published >= 0 && appended - published > MAX_DELAY_MILLIS;
  }

  private static long date(byte[] header) {
    int year = digits(header, 0, 4);
    int month = digits(header, 5, 2);
    int day = digits(header, 8, 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1) {
      return -1;
    }
    if (day > LocalDate.of(year, month, 1).lengthOfMonth()) {
      return -1;
    }
    return LocalDate.of(year, month, day).toEpochDay() * MILLIS_PER_DAY;
  }

  private static int digits(byte[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
