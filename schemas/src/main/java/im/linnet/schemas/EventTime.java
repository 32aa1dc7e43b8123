package im.linnet.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The publisher's time in {@code ce_time}, RFC 3339 in UTC with milliseconds: {@code
 * 2026-11-22T15:47:08.123Z}. Each record carries a time, so this one form is written and read
 * without a general parser. Any other valid RFC 3339 time is read too.
 *
 * <p>This class also holds the rule of staleness. A paused producer may send a record late. A
 * record that reaches the broker more than {@link #MAX_DELAY_MILLIS} after its publisher made it
 * counts for no reader.
 */
public final class EventTime {
  /** The longest delay, in ms, between a publisher's clock and the broker's append time. */
  public static final long MAX_DELAY_MILLIS = 20_000;

  private static final byte[] FORM = "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = FORM.length;
  // Longer than any RFC 3339 time with nanoseconds and offset.
  private static final int MAX_LENGTH = 64;
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final long YEAR_10000 = 253_402_300_800_000L;

  private EventTime() {}

  /**
   * The header bytes of a time in ms since the epoch.
   *
   * @throws IllegalArgumentException if the time is outside the years 1970 to 9999
   */
  public static byte[] format(long millis) {
    if (millis < 0 || millis >= YEAR_10000) {
      throw new IllegalArgumentException(millis + " ms is outside the years 1970 to 9999");
    }
    LocalDate date = LocalDate.ofEpochDay(millis / MILLIS_PER_DAY);
    int ofDay = (int) (millis % MILLIS_PER_DAY);
    byte[] text = FORM.clone();
    write(text, 0, 4, date.getYear());
    write(text, 5, 2, date.getMonthValue());
    write(text, 8, 2, date.getDayOfMonth());
    write(text, 11, 2, ofDay / 3_600_000);
    write(text, 14, 2, ofDay / 60_000 % 60);
    write(text, 17, 2, ofDay / 1000 % 60);
    write(text, 20, 3, ofDay % 1000);
    return text;
  }

  /** The time in ms since the epoch, or -1 if the header is missing or holds no such time. */
  public static long parse(byte @Nullable [] header) {
    if (header == null) {
      return -1;
    }
    long millis = header.length == LENGTH ? parseOwnForm(header) : -1;
    return millis >= 0 ? millis : parseAnyForm(header);
  }

  private static long parseOwnForm(byte[] header) {
    for (int i = 0; i < LENGTH; i++) {
      if (FORM[i] != '0' && header[i] != FORM[i]) {
        return -1;
      }
    }
    long date = date(header);
    int hour = digits(header, 11, 2);
    int minute = digits(header, 14, 2);
    int second = digits(header, 17, 2);
    int millis = digits(header, 20, 3);
    if (date < 0 || hour < 0 || minute < 0 || second < 0 || millis < 0) {
      return -1;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return -1;
    }
    return date + ((hour * 60L + minute) * 60 + second) * 1000 + millis;
  }

  private static long parseAnyForm(byte[] header) {
    if (header.length > MAX_LENGTH) {
      return -1;
    }
    try {
      String text = new String(header, StandardCharsets.US_ASCII);
      return Math.max(-1, Instant.parse(text).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      return -1;
    }
  }

  /** Whether a record is stale, given the publisher's time and the broker's append time in ms. */
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

  private static void write(byte[] text, int from, int count, int value) {
    int rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
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
