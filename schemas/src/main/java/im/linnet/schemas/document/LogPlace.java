package im.linnet.schemas.document;

/** The {@code Log} of a stored message or fact: its record's place in Kafka. */
public final class LogPlace {
  /** The Kafka partition, int32. */
  public static final String PARTITION = "Partition";

  /** The Kafka offset, int64. */
  public static final String OFFSET = "Offset";

  /** The broker's append time, ms, int64. */
  public static final String TIMESTAMP = "Timestamp";

  private LogPlace() {}
}
