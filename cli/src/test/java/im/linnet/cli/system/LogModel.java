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
 * identity, which of them are read, and the notices of that.
 */
final class LogModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final ArrayDeque<Entry> NONE = new ArrayDeque<>();

  private final Map<String, Entry> messages = new HashMap<>();
  // Per conversation what is not read yet, in log order: both of its ends are in one partition.
  private final Map<String, ArrayDeque<Entry>> unread = new HashMap<>();
  private final Map<String, Map<String, Notice>> notices = new HashMap<>();
  // As the notice of each mark ought to be, by the mark's place.
  private final Map<String, Notice> marks = new HashMap<>();
  private int repeats;

  /** A message as the log has it first. */
  private static final class Entry {
    final Delivery message;
    final long offset;
    boolean read;

    Entry(Delivery message, long offset) {
      this.message = message;
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
    String at = "p2p/" + record.partition() + "/" + record.offset();
    switch (type) {
      case "message" -> message(record, at, value);
      case "read" -> mark(record, at, value);
      case "receipt" ->
          notices.computeIfAbsent(record.key(), each -> new HashMap<>()).put(at, Notice.of(value));
      default -> throw new IOException("nobody here publishes a " + type + ": " + value);
    }
  }

  private void message(ConsumerRecord<String, String> record, String at, JsonNode value) {
    Delivery message =
        new Delivery(
            at,
            record.timestamp(),
            value.get("from").asText(),
            record.key(),
            value.get("type").asText(),
            value.get("content").asText());
    Entry entry = new Entry(message, record.offset());
    if (messages.putIfAbsent(value.get("uuid").asText(), entry) == null) {
      unread
          .computeIfAbsent(conversation(message.to(), message.from()), each -> new ArrayDeque<>())
          .add(entry);
    } else {
      repeats++;
    }
  }

  private void mark(ConsumerRecord<String, String> record, String at, JsonNode value) {
    String upTo = value.get("upTo").asText();
    marks.put(at, new Notice(record.key(), upTo, at));
    long mark =
        Math.min(Long.parseLong(upTo.substring(upTo.lastIndexOf('/') + 1)), record.offset() - 1);
    ArrayDeque<Entry> waiting =
        unread.getOrDefault(conversation(record.key(), value.get("peer").asText()), NONE);
    while (!waiting.isEmpty() && waiting.element().offset <= mark) {
      waiting.remove().read = true;
    }
  }

  private static String conversation(String to, String from) {
    return to + "|" + from;
  }

  /** Messages by uuid, the first of each. */
  Map<String, Delivery> messages() {
    Map<String, Delivery> all = new HashMap<>();
    messages.forEach((uuid, entry) -> all.put(uuid, entry.message));
    return all;
  }

  /** Those to that user. */
  Map<String, Delivery> messagesTo(String user) {
    Map<String, Delivery> all = messages();
    all.values().removeIf(message -> !message.to().equals(user));
    return all;
  }

  /** Whether each message is read, by uuid. */
  Map<String, Boolean> readState() {
    Map<String, Boolean> state = new HashMap<>();
    messages.forEach((uuid, entry) -> state.put(uuid, entry.read));
    return state;
  }

  /** What that user is told of who has read, by place. */
  Map<String, Notice> noticesTo(String user) {
    return notices.getOrDefault(user, Map.of());
  }

  /** Read marks by their places, each as its notice ought to be. */
  Map<String, Notice> marks() {
    return marks;
  }

  /** Records that repeat an identity that the log has already. */
  int repeats() {
    return repeats;
  }
}
