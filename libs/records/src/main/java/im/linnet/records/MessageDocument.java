package im.linnet.records;

/**
 * A document of {@code p2p_record_message} or {@code mutual_record_message}.
 *
 * @param stored the message
 * @param timeSeconds its {@code Time}, epoch seconds, as given programs read it
 */
public record MessageDocument(StoredMessage stored, long timeSeconds) {
  private static final long MILLIS = 1000;

  /** The document of that message. */
  public static MessageDocument of(StoredMessage stored) {
    return new MessageDocument(stored, Math.floorDiv(stored.time(), MILLIS));
  }
}
