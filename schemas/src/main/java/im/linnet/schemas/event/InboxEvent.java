package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An event of a user's inbox: the records of {@code im.p2p.v1} and {@code im.mutual.v1}, keyed by
 * the user that receives them. Each event is one file: it knows its type, its key, its identity,
 * how it is written and how it is read. {@link InboxEventCodec} lists them all.
 *
 * <p>{@code ce_source} and {@code ce_id} together identify an event. A message's are made of its
 * sender, recipient and uuid alone. So every publication of one message has the same two, and a
 * reader can tell a duplicate without parsing the value. User names consist of characters that a
 * URI takes as they are, so nothing is escaped.
 */
public sealed interface InboxEvent permits MessageEvent, SentEvent, ReadEvent, ReceiptEvent {
  /** The stream whose topic the record belongs to. */
  Stream kind();

  /** The {@code ce_type} of the record. */
  String type();

  /** The user under whose key the record stands. */
  String owner();

  /** The {@code ce_source} of the record. */
  String source();

  /**
   * The {@code ce_id} of the record.
   *
   * @param drawn an id that the publisher drew; an event that has an id of its own does not look at
   *     it
   */
  String id(String drawn);

  /** The place of the record that this one is a copy or a notice of, null where it is neither. */
  default @Nullable Origin of() {
    return null;
  }

  /** Writes the fields of the record's value, which are the fields of the recipient's push. */
  void write(JsonGenerator json) throws IOException;

  /**
   * A complaint where the event names a place in which the named record cannot stand, else null.
   *
   * @param catalogue of the log
   * @param partition where the event's own record stands
   */
  default @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return null;
  }

  /** The partition in which the event's record stands. */
  default int home(TopicCatalogue catalogue) {
    return catalogue.partition(kind(), owner().getBytes(StandardCharsets.UTF_8));
  }
}
