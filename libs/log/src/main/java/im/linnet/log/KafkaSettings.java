package im.linnet.log;

import java.util.Map;

/**
 * The address of Kafka, and settings of its clients.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param client further client settings of the operator by Kafka's own names, such as those of
 *     security; they win over our defaults, but not over the settings that a guarantee needs
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
