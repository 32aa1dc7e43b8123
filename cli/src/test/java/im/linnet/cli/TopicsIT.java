package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.TestBroker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** {@code linnet topics} on a real broker: what it prints, and how it ends. */
class TopicsIT {
  private static final int ALL = TopicCatalogue.all().size();

  @Test
  void createsWhatIsMissingOnceAndFindsNothingToSay() {
    try (TestBroker broker = TestBroker.start()) {
      CommandRun before = topics(broker, "--check");
      assertThat(before.exit()).isEqualTo(1);
      assertThat(before.out().lines())
          .hasSize(ALL)
          .allMatch(line -> line.startsWith("STOPS im.") && line.contains("'linnet topics'"));

      CommandRun first = topics(broker, "--partitions", "3,2,1");
      assertThat(first.exit()).as(first.err()).isZero();
      assertThat(first.out().lines()).hasSize(ALL).allMatch(line -> line.endsWith("  created"));
      assertThat(line(first, Topic.P2P)).contains("   3 partitions");
      assertThat(line(first, Topic.TOPIC)).contains("   2 partitions");
      assertThat(line(first, Topic.COMMAND)).contains("   1 partitions");

      CommandRun check = topics(broker, "--check");
      assertThat(check.exit()).as(check.out()).isZero();
      assertThat(check.out())
          .isEqualToIgnoringNewLines("all " + ALL + " topics are as the catalogue says");

      CommandRun again = topics(broker);
      assertThat(again.exit()).isZero();
      assertThat(again.out().lines()).hasSize(ALL).noneMatch(line -> line.endsWith("created"));

      CommandRun other = topics(broker, "--check", "--partitions", "4,2,1");
      assertThat(other.exit()).isEqualTo(1);
      assertThat(line(other, "STOPS " + Topic.P2P + ":")).contains("expected 4, found 3");
    }
  }

  @Test
  void tellsWhatDiffersAndWhetherAnythingStartsWithIt() throws Exception {
    try (TestBroker broker = TestBroker.start()) {
      broker.createTopic(Topic.P2P, 1, with(Topic.P2P, "retention.ms", "604800000"));
      assertThat(topics(broker, "--partitions", "1").exit()).isZero();

      CommandRun warned = topics(broker, "--check");
      assertThat(warned.exit()).as(warned.out()).isEqualTo(1);
      assertThat(warned.out().lines()).hasSize(1);
      assertThat(line(warned, "DELETES " + Topic.P2P + ": retention.ms"))
          .contains("expected -1, found 604800000")
          .contains("DELETED");
    }
    try (TestBroker broker = TestBroker.start()) {
      assertThat(topics(broker, "--partitions", "1").exit()).isZero();
      deleteFirst(broker);

      CommandRun gone = topics(broker, "--check", "--partitions", "1");
      assertThat(gone.exit()).as(gone.out()).isEqualTo(1);
      assertThat(line(gone, "DELETES " + Topic.P2P + ": log start of partition 0"))
          .contains("expected 0, found 1");
    }
    try (TestBroker broker = TestBroker.start()) {
      broker.createTopic(Topic.MUTUAL, 1, with(Topic.MUTUAL, "cleanup.policy", "compact"));

      CommandRun refused = topics(broker, "--partitions", "1");
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err().lines()).as(refused.err()).hasSize(1);
      assertThat(refused.err()).contains(Topic.MUTUAL).contains("cleanup.policy");

      CommandRun stopped = topics(broker, "--check", "--partitions", "1");
      assertThat(stopped.exit()).isEqualTo(1);
      assertThat(line(stopped, "STOPS " + Topic.MUTUAL + ": cleanup.policy"))
          .contains("expected delete, found compact")
          .contains("kafka-configs --alter");
    }
  }

  /** Takes the first message away for good, as retention would after a while. */
  private static void deleteFirst(TestBroker broker) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        Admin admin = Admin.create(client)) {
      for (int i = 0; i < 2; i++) {
        producer.send(new ProducerRecord<>(Topic.P2P, 0, new byte[1], new byte[1])).get();
      }
      admin
          .deleteRecords(Map.of(new TopicPartition(Topic.P2P, 0), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }
  }

  /** A topic's settings as the catalogue has them, but for one. */
  private static Map<String, String> with(String name, String setting, String value) {
    Map<String, String> settings =
        new HashMap<>(
            TopicCatalogue.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow()
                .config());
    settings.put(setting, value);
    return settings;
  }

  private static String line(CommandRun run, String beginning) {
    return run.out().lines().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  private static CommandRun topics(TestBroker broker, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "topics",
                "--kafka",
                broker.bootstrapServers(),
                "--replication",
                "1",
                "--min-insync",
                "1"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
