package im.linnet.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @TempDir static Path shared;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = new EmbeddedBroker(EmbeddedBrokerConfig.in(shared));
    broker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void what_was_produced_is_consumed() throws Exception {
    assertThat(broker.check()).isEmpty();
    try (LogClient client = new LogClient(broker.bootstrapServers())) {
      client.createTopic("plain", 2);
      client.produce("plain", "aa", "one");
      client.produce("plain", "aa", "two");

      assertThat(client.readAll("plain", 2)).containsExactly("one", "two");
    }
  }

  @Test
  void a_consumer_group_joins_without_delay_and_keeps_its_place() throws Exception {
    try (LogClient client = new LogClient(broker.bootstrapServers())) {
      client.createTopic("grouped", 1);
      client.produce("grouped", "aa", "one");

      assertThat(client.consumeInGroup("readers", "grouped", 1)).containsExactly("one");
      client.produce("grouped", "aa", "two");
      assertThat(client.consumeInGroup("readers", "grouped", 1)).containsExactly("two");
    }
  }

  @Test
  void a_transaction_commits_records_and_offsets_together_and_an_aborted_one_is_not_read()
      throws Exception {
    try (LogClient client = new LogClient(broker.bootstrapServers())) {
      client.createTopic("facts", 1);
      TopicPartition source = new TopicPartition("commands", 0);
      client.createTopic("commands", 1);
      client.inTransaction("decider-1", "facts", "aborted", Map.of(), false);
      client.inTransaction(
          "decider-1", "facts", "committed", Map.of(source, new OffsetAndMetadata(7)), true);

      assertThat(client.readAll("facts", 1)).containsExactly("committed");
      assertThat(client.committed("decider", source)).isEqualTo(7);
    }
  }

  @Test
  void a_transaction_that_its_producer_abandons_is_aborted_in_its_timeout_and_a_second()
      throws Exception {
    try (LogClient client = new LogClient(broker.bootstrapServers())) {
      client.createTopic("held", 1);
      client.abandonTransaction("gone", "held", "never", Duration.ofSeconds(1));
      client.produce("held", "aa", "behind");

      assertThat(client.readAll("held", 1)).containsExactly("behind");
    }
  }

  @Test
  void topics_are_not_made_by_use() throws Exception {
    try (LogClient client = new LogClient(broker.bootstrapServers())) {
      assertThatThrownBy(() -> client.produceInHaste("nobody.made.this", "aa", "one"))
          .hasMessageContaining("not present in metadata");
      assertThat(client.topics()).doesNotContain("nobody.made.this");
    }
  }

  @Test
  void a_restart_keeps_the_data_the_groups_and_the_cluster_id(@TempDir Path directory)
      throws Exception {
    String clusterId;
    int port;
    try (EmbeddedBroker first = new EmbeddedBroker(EmbeddedBrokerConfig.in(directory))) {
      first.start();
      clusterId = first.clusterId();
      port = first.port();
      try (LogClient client = new LogClient(first.bootstrapServers())) {
        client.createTopic("kept", 1);
        client.produce("kept", "aa", "one");
        assertThat(client.consumeInGroup("readers", "kept", 1)).containsExactly("one");
      }
    }
    try (EmbeddedBroker second =
        new EmbeddedBroker(EmbeddedBrokerConfig.in(directory).withPort(port))) {
      second.start();
      assertThat(second.clusterId()).isEqualTo(clusterId);
      assertThat(second.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      try (LogClient client = new LogClient(second.bootstrapServers())) {
        client.produce("kept", "aa", "two");
        assertThat(client.readAll("kept", 2)).containsExactly("one", "two");
        assertThat(client.consumeInGroup("readers", "kept", 1)).containsExactly("two");
      }
    }
  }

  @Test
  void fsync_puts_every_append_on_the_disk_before_its_ack(@TempDir Path directory)
      throws Exception {
    try (EmbeddedBroker synced =
        new EmbeddedBroker(EmbeddedBrokerConfig.in(directory).withFsync(true))) {
      synced.start();
      assertThat(syncsWithinSends(synced, 10)).isEqualTo(10);
    }
    // Kafka syncs on its own now and then, when it makes a file for instance.
    assertThat(syncsWithinSends(broker, 10)).isLessThan(5);
  }

  /** How many of that many sends, one after the other, met a sync before their ack. */
  private static int syncsWithinSends(EmbeddedBroker broker, int sends) throws Exception {
    int synced = 0;
    try (LogClient client = new LogClient(broker.bootstrapServers())) {
      client.createTopic("synced", 1);
      client.produce("synced", "aa", "the first one, which makes the log's files");
      for (int i = 0; i < sends; i++) {
        long before = syncs();
        client.produce("synced", "aa", "number " + i);
        synced += syncs() > before ? 1 : 0;
      }
    }
    return synced;
  }

  /** Kafka's own count of log flushes, of all brokers in this JVM. */
  private static long syncs() throws Exception {
    return (long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName("kafka.log:type=LogFlushStats,name=LogFlushRateAndTimeMs"), "Count");
  }

  @Test
  void a_port_that_is_taken_gives_one_clear_line_and_leaves_nothing_open(@TempDir Path directory)
      throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EmbeddedBrokerConfig config =
          EmbeddedBrokerConfig.in(directory).withPort(taken.getLocalPort());
      EmbeddedBroker refused = new EmbeddedBroker(config);

      assertThatThrownBy(refused::start)
          .isInstanceOf(BrokerStartException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("choose another one")
          .hasMessageNotContaining("\n");
      assertThat(refused.check()).contains("the embedded broker is not running");
      DataDirectory.lock(directory).close();
    }
  }

  @Test
  void a_directory_in_use_gives_one_clear_line() {
    EmbeddedBroker second = new EmbeddedBroker(EmbeddedBrokerConfig.in(shared));

    assertThatThrownBy(second::start)
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining(shared.toString())
        .hasMessageContaining("in use by another broker")
        .hasMessageNotContaining("\n");
    assertThat(broker.check()).isEmpty();
  }

  @Test
  void a_directory_that_is_none_gives_one_clear_line(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    assertThatThrownBy(() -> new EmbeddedBroker(EmbeddedBrokerConfig.in(file)).start())
        .isInstanceOf(BrokerStartException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_closed_broker_says_so_and_is_not_started_again(@TempDir Path directory) {
    EmbeddedBroker once = new EmbeddedBroker(EmbeddedBrokerConfig.in(directory));
    once.start();
    await().atMost(Duration.ofSeconds(5)).until(() -> once.check().isEmpty());
    long began = System.nanoTime();
    once.close();
    once.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    assertThat(once.check()).isPresent();
    assertThatThrownBy(once::start).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(once::bootstrapServers).isInstanceOf(IllegalStateException.class);
    assertThat(List.of(directory.resolve("meta.properties"))).allMatch(Files::exists);
  }
}
