package im.linnet.schemas;

import org.jspecify.annotations.Nullable;

/**
 * A place in the log, written {@code p2p/3/812}. A push carries it as {@code at}; a client gives it
 * back to resume.
 *
 * @param place the partition
 * @param offset the Kafka offset; -1 stands for "nothing seen yet"
 */
public record Position(StreamPartition place, long offset) {
  public Position {
    if (offset < -1) {
      throw new IllegalArgumentException("offset " + offset + " is below -1");
    }
  }

  public Position(Stream stream, int partition, long offset) {
    this(new StreamPartition(stream, partition), offset);
  }

  /** Reads {@code <stream>/<partition>/<offset>}; null if the text is not of that form. */
  public static @Nullable Position parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      return null;
    }
    StreamPartition place = StreamPartition.parse(text.substring(0, slash));
    if (place == null) {
      return null;
    }
    if (text.startsWith("-1", slash + 1) && text.length() == slash + 3) {
      return new Position(place, -1);
    }
    long offset = Digits.parse(text, slash + 1, text.length());
    return offset < 0 ? null : new Position(place, offset);
  }

  @Override
  public String toString() {
    return place + "/" + offset;
  }
}
