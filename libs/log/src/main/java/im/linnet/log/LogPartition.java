package im.linnet.log;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a topic of the log. The topic need not be a {@link Stream}.
 *
 * @param topic the Kafka topic
 * @param partition its partition, 0 or more
 */
public record LogPartition(String topic, int partition) {

  /** The partition of the log that holds a partition of a stream. */
  public static LogPartition of(StreamPartition place) {
    return new LogPartition(place.stream().topic(), place.partition());
  }

  /** The partitions 0 to {@code count - 1} of a topic. */
  public static List<LogPartition> all(String topic, int count) {
    return IntStream.range(0, count)
        .mapToObj(partition -> new LogPartition(topic, partition))
        .toList();
  }

  /** Every partition of the streams. */
  public static List<LogPartition> ofStreams(TopicCatalogue catalogue) {
    return Arrays.stream(Stream.values())
        .flatMap(stream -> all(stream.topic(), catalogue.partitions(stream)).stream())
        .toList();
  }

  /** The map with the streams' names as keys; partitions of other topics are left out. */
  public static Map<StreamPartition, Long> places(Map<LogPartition, Long> offsets) {
    Map<StreamPartition, Long> places = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> {
          StreamPartition place = partition.place();
          if (place != null) {
            places.put(place, offset);
          }
        });
    return places;
  }

  /** The stream's name for this partition, or null where the topic is no stream. */
  public @Nullable StreamPartition place() {
    Stream stream = Stream.ofTopic(topic);
    return stream == null ? null : new StreamPartition(stream, partition);
  }

  /** {@code topic-partition}, as logs quote it. */
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
