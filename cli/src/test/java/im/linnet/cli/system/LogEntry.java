package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A record of a stream, as any consumer finds it.
 *
 * @param stream {@code p2p}, {@code mutual} or {@code topic}
 * @param time the broker's, ms
 * @param type its {@code ce_type}
 */
record LogEntry(
    String stream, int partition, long offset, long time, String key, String type, JsonNode value) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Its place, as pushes name it. */
  String at() {
    return stream + "/" + partition + "/" + offset;
  }

  /** A text of its value. */
  String text(String field) {
    return value.path(field).asText();
  }

  /** The whole of the streams, each partition in its order. */
  static void forEach(String bootstrap, List<String> streams, Consumer<LogEntry> each)
      throws IOException {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("key.deserializer", StringDeserializer.class.getName());
    settings.put("value.deserializer", StringDeserializer.class.getName());
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          streams.stream()
              .flatMap(stream -> consumer.partitionsFor("im." + stream + ".v1").stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + LIMIT.toNanos();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        if (System.nanoTime() > deadline) {
          throw new IOException("the log was not read in time");
        }
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          each.accept(of(record));
        }
      }
    }
  }

  private static LogEntry of(ConsumerRecord<String, String> record) throws IOException {
    return new LogEntry(
        record.topic().split("\\.", -1)[1],
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8),
        JSON.readTree(record.value()));
  }
}
