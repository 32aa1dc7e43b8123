package im.linnet.log;

import im.linnet.schemas.KeyPartitioner;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a producer has to know about each topic of the catalogue. Partitions are computed here, from
 * the catalogue's counts by Kafka's own rule, so nobody's place depends on fetched metadata.
 * Immutable.
 */
final class TopicShapes {
  private final Map<String, Shape> shapes = new HashMap<>();

  /**
   * @param partitions how many
   * @param brokerTime whether a record carries the broker's append time
   */
  record Shape(int partitions, boolean brokerTime) {
    /** The partition of a key. */
    int partition(byte[] key) {
      return KeyPartitioner.partition(key, partitions);
    }
  }

  TopicShapes(TopicCatalogue catalogue) {
    for (Topic topic : TopicCatalogue.all()) {
      boolean brokerTime = "LogAppendTime".equals(topic.config().get("message.timestamp.type"));
      shapes.put(topic.name(), new Shape(catalogue.partitions(topic), brokerTime));
    }
  }

  Set<String> topics() {
    return Set.copyOf(shapes.keySet());
  }

  /**
   * @throws IllegalArgumentException if the topic is not in the catalogue
   */
  Shape of(String topic) {
    Shape shape = shapes.get(topic);
    if (shape == null) {
      throw new IllegalArgumentException("'" + topic + "' is not in the topic catalogue");
    }
    return shape;
  }

  static byte[] keyBytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
