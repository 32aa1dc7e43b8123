package im.linnet.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The headers of a record in CloudEvents 1.0 binary mode, as raw UTF-8 bytes. They stay bytes
 * because most readers of a record look at one of them at most.
 *
 * @param type {@code ce_type}: names the kind of event in the value
 * @param id {@code ce_id}: with {@code source} the event's identity; a repeated publication has the
 *     same two
 * @param source {@code ce_source}
 * @param time {@code ce_time}: the publisher's clock, see {@link EventTime}
 * @param session {@code linnet_session}: the session that asked; its own record is not sent to it
 */
@SuppressWarnings("ArrayRecordComponent") // the log's own bytes, passed on as they are
public record EventHeaders(
    byte @Nullable [] type,
    byte @Nullable [] id,
    byte @Nullable [] source,
    byte @Nullable [] time,
    byte @Nullable [] session) {
  /** The kind of event in the value; first among the headers. */
  public static final String TYPE = "ce_type";

  /** The CloudEvents version, always {@link #SPEC_VERSION_VALUE}. */
  public static final String SPEC_VERSION = "ce_specversion";

  /** The version of CloudEvents that the headers follow. */
  public static final String SPEC_VERSION_VALUE = "1.0";

  /** The event's id within its source. */
  public static final String ID = "ce_id";

  /** The origin of the event, a URI reference. */
  public static final String SOURCE = "ce_source";

  /** The publisher's clock, RFC 3339. */
  public static final String TIME = "ce_time";

  /** The media type of the value. */
  public static final String CONTENT_TYPE = "content-type";

  /** The media type of every value. */
  public static final String JSON = "application/json";

  /** The id of the session that asked for the record; absent if no session asked. */
  public static final String SESSION = "linnet_session";
}
