package im.linnet.log;

import java.util.Map;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param client further client settings by Kafka's own names (security and the like), given by the
 *     operator; they win over ours except where a guarantee rests on ours
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> client) {
  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("kafka: give host:port of at least one broker");
    }
    client = Map.copyOf(client);
  }

  /** Plain access to these brokers. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Map.of());
  }
}
