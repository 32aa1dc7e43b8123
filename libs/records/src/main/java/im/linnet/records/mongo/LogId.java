package im.linnet.records.mongo;

/**
 * The {@code _id} of a record under a key at an offset: {@code aa/0000000000000000812}. The offset
 * has as many digits as the largest one, so that ids sort as offsets do, and a key's documents are
 * one range. Keys hold no slash.
 */
final class LogId {
  private static final int DIGITS = 19;
  private static final String ZEROS = "0".repeat(DIGITS);

  private LogId() {}

  static String of(String key, long offset) {
    String digits = Long.toString(offset);
    return new StringBuilder(key.length() + 1 + DIGITS)
        .append(key)
        .append('/')
        .append(ZEROS, 0, DIGITS - digits.length())
        .append(digits)
        .toString();
  }

  /** The offset that an id holds which ends with one, or the part of it up to {@code end}. */
  static long offset(String id, int end) {
    return Long.parseLong(id, end - DIGITS, end, 10);
  }
}
