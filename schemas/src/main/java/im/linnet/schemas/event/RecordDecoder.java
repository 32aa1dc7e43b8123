package im.linnet.schemas.event;

import im.linnet.schemas.EventTime;
import im.linnet.schemas.KeyPartitioner;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges records of some topics of the log: valid, stale, unknown or malformed. All readers of an
 * installation use the same catalogue, so they judge alike. Immutable; safe on any thread.
 *
 * @param <E> the common type of the events of these topics
 */
public final class RecordDecoder<E extends LogEvent> {
  /**
   * The largest value that counts, in bytes; a larger one is malformed for every reader. It is five
   * times the largest value that Linnet's producers can write (a content with every character
   * escaped). It fits one default Kafka request. It is far below the largest document that a store
   * takes.
   */
  public static final int MAX_VALUE_BYTES = 1 << 20;

  private final TopicCatalogue catalogue;
  private final Map<String, Home<E>> homes = new HashMap<>();

  private record Home<E extends LogEvent>(int partitions, EventFamily<? extends E> family) {}

  /**
   * @param catalogue the catalogue of the log
   * @param families the families of all judged topics, by topic
   */
  public RecordDecoder(
      TopicCatalogue catalogue, Map<String, ? extends EventFamily<? extends E>> families) {
    this.catalogue = catalogue;
    for (Topic topic : TopicCatalogue.all()) {
      EventFamily<? extends E> family = families.get(topic.name());
      if (family != null) {
        homes.put(topic.name(), new Home<>(catalogue.partitions(topic), family));
      }
    }
  }

  /** Judges records of all streams. */
  public static RecordDecoder<InboxEvent> ofStreams(TopicCatalogue catalogue) {
    Map<String, EventFamily<InboxEvent>> families = new HashMap<>();
    for (Stream stream : Stream.values()) {
      families.put(stream.topic(), InboxEventCodec.family(stream));
    }
    return new RecordDecoder<>(catalogue, families);
  }

  /** Judges signals. */
  public static RecordDecoder<SignalEvent> ofSignals(TopicCatalogue catalogue) {
    return new RecordDecoder<>(catalogue, Map.of(Topic.SIGNAL, SignalEventCodec.FAMILY));
  }

  /**
   * Whether the record came too late to count; needs no parsing of its value. Facts and verdicts
   * never are: a transaction of the decider publishes them whole or not at all.
   */
  public static boolean isStale(LogRecord record) {
    return EventTime.isStale(EventTime.parse(record.headers().time()), record.timestamp())
        && !DecidedTypes.holds(record.headers().type());
  }

  /**
   * Judges a record.
   *
   * @throws IllegalArgumentException if its topic has no family here
   */
  public Decoded<E> decode(LogRecord record) {
    Home<E> home = homes.get(record.topic());
    if (home == null) {
      throw new IllegalArgumentException(record.place() + " stands in a topic that is not read");
    }
    if (isStale(record)) {
      return new Decoded.Stale<>(record);
    }
    byte[] key = record.key();
    byte[] value = record.value();
    byte[] type = record.headers().type();
    if (key == null) {
      return new Decoded.Malformed<>(record, "key: is missing");
    }
    int partition = KeyPartitioner.partition(key, home.partitions());
    if (partition != record.partition()) {
      return new Decoded.Malformed<>(
          record, "key: belongs to the partition " + partition + ", not " + record.partition());
    }
    if (value == null) {
      return new Decoded.Malformed<>(record, "value: is missing");
    }
    if (type == null) {
      return new Decoded.Malformed<>(record, "ce_type: is missing");
    }
    String typeName = new String(type, StandardCharsets.UTF_8);
    if (!home.family().knows(typeName)) {
      return new Decoded.Unknown<>(record, typeName);
    }
    if (value.length > MAX_VALUE_BYTES) {
      return new Decoded.Malformed<>(
          record, "value: " + value.length + " bytes, more than " + MAX_VALUE_BYTES);
    }
    try {
      String owner = new String(key, StandardCharsets.UTF_8);
      E event = home.family().decode(typeName, value);
      if (!event.standsUnder(owner)) {
        return new Decoded.Malformed<>(
            record, "key: '" + owner + "' is not '" + event.owner() + "', which the value names");
      }
      String wrong = event.misnamed(record.headers());
      if (wrong == null) {
        wrong = event.misplaced(catalogue, record.partition());
      }
      return wrong == null
          ? new Decoded.Valid<>(record, owner, event)
          : new Decoded.Malformed<>(record, wrong);
    } catch (MalformedEventException e) {
      return new Decoded.Malformed<>(record, String.valueOf(e.getMessage()));
    }
  }
}
