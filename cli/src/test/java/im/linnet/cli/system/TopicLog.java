package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a user is to be pushed of groups, by a reading of the log that shares no code with the
 * product: the facts say from which offset to which the user is in.
 */
final class TopicLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String user;

  /** The groups that the user is in, each with the offset of the fact that let it in. */
  private final Map<String, Long> in = new HashMap<>();

  private final Set<String> identities = new HashSet<>();
  private final Map<Integer, List<String>> pushes = new TreeMap<>();

  private TopicLog(String user) {
    this.user = user;
  }

  /** The user's pushes by partition, in their order, each as {@link #line} has it. */
  static Map<Integer, List<String>> pushesTo(String user, String bootstrap) throws IOException {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("key.deserializer", StringDeserializer.class.getName());
    settings.put("value.deserializer", StringDeserializer.class.getName());
    settings.put("isolation.level", "read_committed");
    TopicLog log = new TopicLog(user);
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.TOPIC).stream()
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
          log.take(record);
        }
      }
    }
    return log.pushes;
  }

  private void take(ConsumerRecord<String, String> record) throws IOException {
    JsonNode value = JSON.readTree(record.value());
    String op = value.path("op").asText();
    if (op.equals("verdict") || !counts(op, value)) {
      return;
    }
    String event = value.path("event").asText();
    boolean named = false;
    for (JsonNode member : value.path("members")) {
      named |= member.asText().equals(user);
    }
    if (named && (event.equals("created") || event.equals("joined"))) {
      in.putIfAbsent(record.key(), record.offset());
    }
    boolean told =
        !value.path("notify").asText().equals("reader")
            || value.path("reader").asText().equals(user);
    Long joined = in.get(record.key());
    if (joined != null && told && isOfThisStay(value, joined)) {
      String at = "topic/" + record.partition() + "/" + record.offset();
      pushes
          .computeIfAbsent(record.partition(), each -> new ArrayList<>())
          .add(line(at, record.timestamp(), value));
    }
    boolean out = named && (event.equals("left") || event.equals("kicked"));
    if (out || event.equals("disbanded")) {
      in.remove(record.key());
    }
  }

  /** The new text of a message from before the user came, the last time, is told to others. */
  private static boolean isOfThisStay(JsonNode value, long joined) {
    String since = value.path("since").asText();
    return since.isEmpty() || Long.parseLong(since.substring(since.lastIndexOf('/') + 1)) >= joined;
  }

  /** A message that was repeated counts once. */
  private boolean counts(String op, JsonNode value) {
    return !op.equals("message")
        || identities.add(
            value.path("to").asText()
                + " "
                + value.path("uuid").asText()
                + " "
                + value.path("from").asText());
  }

  /** The pushes of the topic stream among those that came, by partition, in their order. */
  static Map<Integer, List<String>> of(List<JsonNode> pushes) {
    Map<Integer, List<String>> found = new TreeMap<>();
    for (JsonNode push : pushes) {
      String at = push.path("at").asText();
      if (at.startsWith("topic/")) {
        int partition = Integer.parseInt(at.split("/", -1)[1]);
        found
            .computeIfAbsent(partition, each -> new ArrayList<>())
            .add(line(at, push.path("time").asLong(), push));
      }
    }
    return found;
  }

  /** A record, or its push. The text is left out: a resume brings a message as it is now. */
  private static String line(String at, long time, JsonNode value) {
    Map<String, String> fields = new HashMap<>();
    for (String field : List.of("op", "event", "topic", "to", "peer", "reader", "uuid")) {
      fields.put(field, value.path(field).asText());
    }
    return at + " of " + time + " " + new TreeMap<>(fields);
  }
}
