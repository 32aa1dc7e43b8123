package im.linnet.log.publish;

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
public final class TopicShapes {
  private final Map<String, Shape> shapes = new HashMap<>();

  /**
   * One topic.
   *
   * @param partitions how many
   * @param brokerTime whether a record carries the broker's append time
   */
  public record Shape(int partitions, boolean brokerTime) {
    /** The partition of a key. */
    public int partition(byte[] key) {
      return KeyPartitioner.partition(key, partitions);
    }
  }

  /** The topics of that catalogue. */
  public TopicShapes(TopicCatalogue catalogue) {
    for (Topic topic : TopicCatalogue.all()) {
      boolean brokerTime = "LogAppendTime".equals(topic.config().get("message.timestamp.type"));
      shapes.put(topic.name(), new Shape(catalogue.partitions(topic), brokerTime));
    }
  }

  /** The names of the topics. */
  public Set<String> topics() {
    return Set.copyOf(shapes.keySet());
  }

  /**
   * The topic of that name.
   *
   * @throws IllegalArgumentException if the topic is not in the catalogue
   */
  public Shape of(String topic) {
    Shape shape = shapes.get(topic);
    if (shape == null) {
      throw new IllegalArgumentException("'" + topic + "' is not in the topic catalogue");
    }
    return shape;
  }

  /** A key as Kafka takes it: UTF-8. */
  public static byte[] keyBytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
