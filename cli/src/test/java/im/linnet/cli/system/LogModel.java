package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the log says, by a reading of it that shares no code with the product: the messages by
 * identity, and which of them are read.
 */
final class LogModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final ArrayDeque<Entry> NONE = new ArrayDeque<>();

  private final Map<String, Entry> messages = new HashMap<>();
  // Per conversation what is not read yet, in log order: both of its ends are in one partition.
  private final Map<String, ArrayDeque<Entry>> unread = new HashMap<>();
  private int repeats;

  /** A message as the log has it first. */
  static final class Entry {
    final String to;
    final String from;
    final long offset;
    boolean read;

    Entry(String to, String from, long offset) {
      this.to = to;
      this.from = from;
      this.offset = offset;
    }
  }

  /** Reads the whole of {@code im.p2p.v1}. */
  static LogModel read(String bootstrap) throws IOException {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("key.deserializer", StringDeserializer.class.getName());
    settings.put("value.deserializer", StringDeserializer.class.getName());
    settings.put("isolation.level", "read_committed");
    LogModel model = new LogModel();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.P2P).stream()
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
          model.take(record);
        }
      }
    }
    return model;
  }

  private void take(ConsumerRecord<String, String> record) throws IOException {
    String type =
        new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
    JsonNode value = JSON.readTree(record.value());
    if (type.equals("message")) {
      String uuid = value.get("uuid").asText();
      Entry entry = new Entry(record.key(), value.get("from").asText(), record.offset());
      if (messages.putIfAbsent(uuid, entry) == null) {
        unread
            .computeIfAbsent(conversation(entry.to, entry.from), each -> new ArrayDeque<>())
            .add(entry);
      } else {
        repeats++;
      }
    } else if (type.equals("read")) {
      String upTo = value.get("upTo").asText();
      long mark =
          Math.min(Long.parseLong(upTo.substring(upTo.lastIndexOf('/') + 1)), record.offset() - 1);
      ArrayDeque<Entry> waiting =
          unread.getOrDefault(conversation(record.key(), value.get("peer").asText()), NONE);
      while (!waiting.isEmpty() && waiting.element().offset <= mark) {
        waiting.remove().read = true;
      }
    }
  }

  private static String conversation(String to, String from) {
    return to + "|" + from;
  }

  /** Messages by uuid, the first of each. */
  Map<String, Entry> messages() {
    return messages;
  }

  /** Records that repeat an identity that the log has already. */
  int repeats() {
    return repeats;
  }
}
