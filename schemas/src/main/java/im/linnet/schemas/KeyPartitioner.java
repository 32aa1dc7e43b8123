package im.linnet.schemas;

/**
 * Maps a key to its partition by Kafka's own rule for a record with a key. The Java client and most
 * others follow that rule. Its source is {@code Utils.murmur2} and {@code
 * BuiltInPartitioner.partitionForKey} of Apache Kafka's clients. The former is Austin Appleby's
 * MurmurHash2 of 32 bits with a seed of Kafka's. The rule can never change: existing inboxes stay
 * in their partitions. Pure; safe on any thread.
 */
public final class KeyPartitioner {
  private static final int SEED = 0x9747b28c;
  private static final int MIX = 0x5bd1e995;
  private static final int SHIFT = 24;

  private KeyPartitioner() {}

  /**
   * The partition of a key.
   *
   * @param partitions the number of partitions of the topic, 1 or more
   */
  public static int partition(byte[] key, int partitions) {
    return (murmur2(key) & Integer.MAX_VALUE) % partitions;
  }

  static int murmur2(byte[] data) {
    int hash = SEED ^ data.length;
    int words = data.length & ~3;
    for (int i = 0; i < words; i += 4) {
      int word = bits(data, i, 4) * MIX;
      word = (word ^ (word >>> SHIFT)) * MIX;
      hash = (hash * MIX) ^ word;
    }
    if (words < data.length) {
      hash = (hash ^ bits(data, words, data.length - words)) * MIX;
    }
    hash = (hash ^ (hash >>> 13)) * MIX;
    return hash ^ (hash >>> 15);
  }

  /** {@code count} bytes as a number, the lowest byte first. */
  private static int bits(byte[] data, int from, int count) {
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (data[from + i] & 0xff) << (8 * i);
    }
    return bits;
  }
}
