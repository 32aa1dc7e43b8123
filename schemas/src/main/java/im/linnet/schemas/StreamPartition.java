package im.linnet.schemas;

import org.jspecify.annotations.Nullable;

/**
 * One partition of a stream, written {@code p2p/3}.
 *
 * @param stream the stream
 * @param partition the Kafka partition number, 0 or more
 */
public record StreamPartition(Stream stream, int partition) implements Comparable<StreamPartition> {
  public StreamPartition {
    if (partition < 0) {
      throw new IllegalArgumentException("partition " + partition + " is negative");
    }
  }

  /** Reads {@code <stream>/<partition>}; null if the text is not of that form. */
  public static @Nullable StreamPartition parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return null;
    }
    Stream stream = Stream.ofWire(text.substring(0, slash));
    long partition = Digits.parse(text, slash + 1, text.length());
    if (stream == null || partition < 0 || partition > Integer.MAX_VALUE) {
      return null;
    }
    return new StreamPartition(stream, (int) partition);
  }

  @Override
  public int compareTo(StreamPartition other) {
    int byStream = stream.compareTo(other.stream);
    return byStream != 0 ? byStream : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return stream.wire() + "/" + partition;
  }
}
