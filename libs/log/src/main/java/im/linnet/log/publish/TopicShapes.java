package im.linnet.log.publish;

import im.linnet.schemas.KeyPartitioner;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The facts that a producer needs about each topic of the catalogue. Partitions are computed here
 * by Kafka's own rule, from the catalogue's counts. So no record's place depends on fetched
 * metadata. Immutable.
 */
public final class TopicShapes {
  private final Map<String, Shape> shapes = new HashMap<>();

  /**
   * One topic.
   *
   * @param partitions the number of partitions
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

  /** A key in UTF-8, as Kafka wants it. */
  public static byte[] keyBytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
