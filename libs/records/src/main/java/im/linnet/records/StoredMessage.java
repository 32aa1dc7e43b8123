package im.linnet.records;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Position;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message as the view holds it.
 *
 * @param message the message with its newest content; empty content once it is recalled
 * @param at its place in the log
 * @param time its broker time, ms
 * @param read whether its recipient has read it
 * @param raw its record's value, if that differs from the one that {@link InboxEventCodec} makes of
 *     the message: another producer's order of fields, or fields that this version does not know.
 *     Null in all other cases, and once it is recalled or edited
 * @param revision its last change
 */
@SuppressWarnings("ArrayRecordComponent") // stored bytes are delivered bytes
public record StoredMessage(
    MessageEvent message,
    Position at,
    long time,
    boolean read,
    byte @Nullable [] raw,
    Revision revision) {
  /**
   * The effect of later records on a message.
   *
   * @param recalled whether it was recalled
   * @param editedAt the time of its last edit, ms; 0 for none
   * @param offset the offset of the last recall or edit applied; -1 for none
   */
  public record Revision(boolean recalled, long editedAt, long offset) {
    /** It is as it was sent. */
    public static final Revision NONE = new Revision(false, 0, -1);
  }

  /** A message as it was sent, with the value that our own encoder makes of it. */
  public StoredMessage(MessageEvent message, Position at, long time, boolean read) {
    this(message, at, time, read, null, Revision.NONE);
  }

  /** The message of a record, as it was sent. */
  public static StoredMessage of(MessageEvent message, InboxRecord record, boolean read) {
    byte[] value = record.value();
    boolean isOurs = Arrays.equals(value, InboxEventCodec.encode(message));
    return new StoredMessage(
        message, record.at(), record.time(), read, isOurs ? null : value, Revision.NONE);
  }

  /**
   * The body of its push. A message that was changed since has its newest content, and {@code
   * recalled} or {@code edited}.
   */
  public byte[] value() {
    if (raw != null) {
      return raw;
    }
    return JsonBytes.object(
        json -> {
          message.write(json);
          if (revision.recalled()) {
            json.writeBooleanField("recalled", true);
          } else if (revision.editedAt() > 0) {
            json.writeNumberField("edited", revision.editedAt());
          }
        });
  }

  /** Its record, as a client that resumes gets it. */
  public InboxRecord delivered() {
    return new InboxRecord(
        at.place().stream(), message.to(), at.place().partition(), at.offset(), time, value());
  }
}
