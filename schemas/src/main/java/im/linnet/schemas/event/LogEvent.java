package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.TopicCatalogue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An event as one record of the log holds it: what its record is called, whose key it stands under,
 * and how its value is written. Each family of events is a sealed interface below this one.
 */
public interface LogEvent {
  /** The {@code ce_type} of the record. */
  String type();

  /** The key of the record: the user, topic or pair of users that the event is about. */
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

  /** Writes the fields of the record's value. */
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
}
