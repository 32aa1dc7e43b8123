package im.linnet.log;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One partition of any topic of the log, also of those that are no {@link Stream}.
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
