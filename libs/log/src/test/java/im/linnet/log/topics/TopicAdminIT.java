package im.linnet.log.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogDeniedException;
import im.linnet.log.LogFixture;
import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.TestBroker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicAdminIT {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(4, 2, 3);

  private final TestBroker broker = TestBroker.start();
  private final TopicAdmin admin = TopicAdmin.open(KafkaSettings.of(broker.bootstrapServers()));

  @AfterEach
  void close() {
    admin.close();
    broker.close();
  }

  @Test
  void aUserThatKafkaDoesNotTakeIsToldSoAtOnce() {
    // This broker takes nobody by SASL.
    KafkaSettings stranger =
        new KafkaSettings(
            broker.bootstrapServers(),
            Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " username=\"aa\" password=\"bb\";"));
    try (TopicAdmin refused = TopicAdmin.open(stranger)) {
      assertThatThrownBy(refused::clusterId)
          .isInstanceOf(LogDeniedException.class)
          .hasMessage(
              "Kafka at "
                  + broker.bootstrapServers()
                  + " does not take this process's user or password");
    }
  }

  @Test
  void createsWhatIsMissingAndTellsEveryDrift() throws Exception {
    assertThat(admin.clusterId()).isEqualTo(broker.clusterId());
    assertThatThrownBy(() -> admin.requireMatching(CATALOGUE))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining(
            "im.p2p.v1: topic expected 4 partitions, found no such topic; create it with 'linnet"
                + " topics'");

    assertThat(admin.create(CATALOGUE, 1, 1)).hasSameSizeAs(TopicCatalogue.all());
    assertThat(admin.create(CATALOGUE, 1, 1)).isEmpty();
    assertThat(admin.check(CATALOGUE)).isEmpty();
    admin.requireMatching(CATALOGUE);

    // Whoever wants more partitions than there are is told so, not that Kafka does not answer.
    assertThat(admin.create(new TopicCatalogue(8, 2, 3), 1, 1)).isEmpty();
    assertThatThrownBy(() -> admin.requireMatching(new TopicCatalogue(8, 2, 3)))
        .isInstanceOf(TopicMismatchException.class)
        .hasMessageContaining("im.p2p.v1: partitions expected 8, found 4; start with the")
        .hasMessageNotContaining("im.topic.v1");

    alter(Topic.P2P, "retention.ms", "3600000");
    awaitDrifts(1);
    assertThat(admin.check(CATALOGUE))
        .singleElement()
        .satisfies(
            drift -> {
              assertThat(drift.severity()).isEqualTo(TopicDrift.Severity.DELETES);
              assertThat(drift.message())
                  .startsWith("im.p2p.v1: retention.ms expected -1, found 3600000; ")
                  .contains("DELETED")
                  .contains("retention.ms=-1");
            });
    assertThatCode(() -> admin.requireMatching(CATALOGUE)).doesNotThrowAnyException();

    alter(Topic.TOPIC, "cleanup.policy", "compact");
    alter(Topic.APPLIED, "cleanup.policy", "delete,compact");
    awaitDrifts(2);
    assertThatThrownBy(() -> admin.requireMatching(CATALOGUE))
        .hasMessageContaining("im.topic.v1: cleanup.policy expected delete, found compact")
        .hasMessageNotContaining(Topic.APPLIED);
  }

  @Test
  void tellsWhereAnAckStandsForLessThanTheClusterCouldGive() throws Exception {
    admin.create(CATALOGUE, 1, 1);
    assertThat(admin.check(CATALOGUE)).isEmpty();

    assertThat(admin.check(CATALOGUE, 3))
        .allSatisfy(drift -> assertThat(drift.severity()).isEqualTo(TopicDrift.Severity.WARNS))
        .extracting(drift -> drift.topic() + " " + drift.subject() + " " + drift.expected())
        .containsExactlyInAnyOrder(
            "im.p2p.v1 copies 3",
            "im.p2p.v1 min.insync.replicas 2",
            "im.mutual.v1 copies 3",
            "im.mutual.v1 min.insync.replicas 2",
            "im.topic.v1 copies 3",
            "im.topic.v1 min.insync.replicas 2",
            "im.profile.v1 copies 3",
            "im.profile.v1 min.insync.replicas 2",
            "im.command.v1 copies 3",
            "im.command.v1 min.insync.replicas 2");
    alter(Topic.P2P, "min.insync.replicas", "2");
    await().until(() -> admin.check(CATALOGUE, 3).size() == 9);
    assertThat(admin.check(CATALOGUE, 2))
        .hasSize(9)
        .extracting(TopicDrift::expected)
        .containsOnly("2");

    alter(Topic.MUTUAL, "unclean.leader.election.enable", "true");
    awaitDrifts(1);
    assertThat(admin.check(CATALOGUE).getFirst().message())
        .startsWith("im.mutual.v1: unclean.leader.election.enable expected false, found true; set");
    assertThatCode(() -> admin.requireMatching(CATALOGUE)).doesNotThrowAnyException();
  }

  @Test
  void answersAboutOffsets() {
    admin.create(CATALOGUE, 1, 1);
    List<LogPartition> partitions = LogPartition.all(Topic.P2P, 4);
    assertThat(admin.offsets().ends(partitions).values()).containsOnly(0L).hasSize(4);
    assertThat(admin.offsets().starts(partitions).values()).containsOnly(0L);
    assertThat(LogFixture.done(admin.offsets().endOffsetsAsync(partitions)))
        .isEqualTo(admin.offsets().ends(partitions));
  }

  @Test
  void failsInTimeWhereNobodyAnswers() {
    broker.stop();
    assertThatThrownBy(admin::clusterId)
        .isInstanceOf(LogUnavailableException.class)
        .hasMessageContaining(broker.bootstrapServers());
    broker.startAgain();
  }

  /** A setting is known to the controller before the broker tells it. */
  private void awaitDrifts(int count) {
    await().until(() -> admin.check(CATALOGUE).size() == count);
  }

  private void alter(String topic, String name, String value) throws Exception {
    try (Admin kafka = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      kafka
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic),
                  List.of(
                      new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
  }
}
