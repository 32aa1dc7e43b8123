package im.linnet.log.publish;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.EventTime;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Writes the headers of a record in the order of {@link EventHeaders}. Repeated values are encoded
 * once: the constants, types, sources, and the time within one millisecond. Safe on any thread.
 */
public final class CloudEventHeaders {
  /** Types and sources are few. Those above this bound are encoded each time. */
  private static final int CACHED_NAMES = 1_000;

  private static final Header SPEC_VERSION =
      header(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
  private static final Header CONTENT_TYPE = header(EventHeaders.CONTENT_TYPE, EventHeaders.JSON);

  private final Map<String, Header> types = new ConcurrentHashMap<>();
  private final Map<String, Header> sources = new ConcurrentHashMap<>();
  private volatile Time newest = new Time(-1, SPEC_VERSION);

  private record Time(long millis, Header header) {}

  /** The headers of a record that is published at that time, ms since the epoch. */
  public Headers of(OutgoingRecord record, long millis) {
    Header type = named(types, EventHeaders.TYPE, record.type());
    Header id = header(EventHeaders.ID, record.id());
    Header source = named(sources, EventHeaders.SOURCE, record.source());
    Header time = time(millis);
    String session = record.session();
    return new RecordHeaders(
        session == null
            ? new Header[] {type, SPEC_VERSION, id, source, time, CONTENT_TYPE}
            : new Header[] {
              type,
              SPEC_VERSION,
              id,
              source,
              time,
              CONTENT_TYPE,
              header(EventHeaders.SESSION, session)
            });
  }

  /** The known headers of a record that is published again. */
  static Headers again(EventHeaders original) {
    RecordHeaders headers = new RecordHeaders();
    add(headers, EventHeaders.TYPE, original.type());
    if (original.type() != null) {
      headers.add(SPEC_VERSION);
    }
    add(headers, EventHeaders.ID, original.id());
    add(headers, EventHeaders.SOURCE, original.source());
    add(headers, EventHeaders.TIME, original.time());
    headers.add(CONTENT_TYPE);
    add(headers, EventHeaders.SESSION, original.session());
    return headers;
  }

  static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Headers headers, String name, byte @Nullable [] value) {
    if (value != null) {
      headers.add(new RecordHeader(name, value));
    }
  }

  private Header time(long millis) {
    Time time = newest;
    if (time.millis() != millis) {
      time = new Time(millis, new RecordHeader(EventHeaders.TIME, EventTime.format(millis)));
      newest = time;
    }
    return time.header();
  }

  private static Header named(Map<String, Header> cache, String name, String value) {
    Header cached = cache.get(value);
    if (cached != null) {
      return cached;
    }
    Header made = header(name, value);
    if (cache.size() < CACHED_NAMES) {
      cache.put(value, made);
    }
    return made;
  }
}
