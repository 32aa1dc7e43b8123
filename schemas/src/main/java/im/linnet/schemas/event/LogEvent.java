package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An event as one record of the log holds it: the record's type, its key and the writer of its
 * value. Each family of events is a sealed interface below this one.
 */
public interface LogEvent {
  /** The {@code ce_type} of the record. */
  String type();

  /** The key of the record: the user, topic or pair of users that the event is about. */
  String owner();

  /** Whether a record of the event may have that key; some facts stand under two. */
  default boolean standsUnder(String key) {
    return key.equals(owner());
  }

  /** Whether those who receive the key's records are pushed it. */
  default boolean isPushed() {
    return true;
  }

  /** The {@code ce_source} of the record. */
  String source();

  /**
   * The {@code ce_id} of the record.
   *
   * @param drawn an id that the publisher drew; an event with an id of its own ignores it
   */
  String id(String drawn);

  /** The place of the record that this one is a copy or a notice of, null if it is neither. */
  default @Nullable Origin of() {
    return null;
  }

  /** Writes the fields of the record's value. */
  void write(JsonGenerator json) throws IOException;

  /**
   * A complaint if the event names a place that cannot hold the named record, else null.
   *
   * @param catalogue the catalogue of the log
   * @param partition the partition of the event's own record
   */
  default @Nullable String misplaced(TopicCatalogue catalogue, int partition) {
    return null;
  }

  /**
   * A complaint where the record's headers name another event than this one, else null. Only events
   * by whose headers a reader goes have one.
   */
  default @Nullable String misnamed(EventHeaders headers) {
    return null;
  }
}
