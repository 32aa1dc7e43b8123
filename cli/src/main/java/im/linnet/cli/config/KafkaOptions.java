package im.linnet.cli.config;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaSettings;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Kafka cluster that holds the log. */
public final class KafkaOptions {
  /** The usual address of the broker of {@code linnet broker} and {@code linnet up}. */
  public static final String LOCAL = "127.0.0.1:9092";

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT[,...]",
      description = "Brokers of the Kafka cluster that holds the log.")
  @Nullable String kafka;

  @Option(
      names = "--kafka-properties",
      paramLabel = "FILE",
      description = "Kafka client settings by Kafka's own names (security and the like).")
  @Nullable Path kafkaProperties;

  /** Whether a cluster was named. */
  public boolean given() {
    return kafka != null;
  }

  /**
   * The named cluster.
   *
   * @throws SettingException if none was named, or its settings cannot be read
   */
  public KafkaSettings settings() {
    if (kafka == null) {
      throw new SettingException(
          "no Kafka cluster is named", "--kafka", "give host:port of at least one broker");
    }
    return at(kafka);
  }

  /** The named cluster, or the given one if none was named. */
  public KafkaSettings settingsOr(String bootstrapServers) {
    return kafka == null ? at(bootstrapServers) : settings();
  }

  private KafkaSettings at(String bootstrapServers) {
    List<String> addresses = new ArrayList<>();
    for (String address : bootstrapServers.split(",", -1)) {
      addresses.add(Addresses.parse(address.strip(), "--kafka").toString());
    }
    String brokers = String.join(",", addresses);
    if (kafkaProperties == null) {
      return KafkaSettings.of(brokers);
    }
    KafkaSettings settings = new KafkaSettings(brokers, clientProperties(kafkaProperties));
    try {
      KafkaClients.requireUsable(settings);
      return settings;
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          String.valueOf(e.getMessage()), "--kafka-properties", "correct it in " + kafkaProperties);
    }
  }

  private static Map<String, String> clientProperties(Path file) {
    String text = TextFile.text(file, "the settings", "--kafka-properties");
    Properties read = new Properties();
    try {
      read.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingException(
          "cannot read the settings " + file + ": a backslash there begins no escape",
          "--kafka-properties",
          "write it as two backslashes");
    }
    Map<String, String> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
    return properties;
  }
}
