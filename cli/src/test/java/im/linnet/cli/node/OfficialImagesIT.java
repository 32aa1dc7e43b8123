package im.linnet.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.cli.config.Instance;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.log.KafkaSettings;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.Containers;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.OnContainers;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All of Linnet, over sockets, on the official images of Kafka and MongoDB. */
@OnContainers
@Timeout(240)
class OfficialImagesIT {
  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(4, 2, 1);
  private static final SigningSecret SECRET =
      new SigningSecret(
          "a secret of this test alone, 32 bytes".getBytes(StandardCharsets.US_ASCII));

  @TempDir Path folder;

  private final int port = FreePort.next();

  @Test
  void aMessageIsAckedPushedKeptAndSentToWhoeverComesLater() {
    String database = "/linnet_" + UUID.randomUUID().toString().substring(0, 8);
    MongoSettings mongo = MongoSettings.of(Containers.mongoUri() + database);
    try (TestBroker broker = TestBroker.start(CATALOGUE);
        UpNode up = up(broker, new MongoRecordStore(mongo))) {
      up.start();
      await().untilAsserted(() -> assertThat(up.check()).isEmpty());
      JsonNode acked;
      try (RawClient alice = enter("alice", "");
          RawClient bob = enter("bob", "")) {
        bob.awaitPush("synced");
        acked =
            alice.request(
                "{\"id\":\"s\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bob\",\"content\":\"hi\"}");
        assertThat(acked.path("code").asInt()).as("%s", acked).isZero();
        JsonNode pushed = bob.awaitPush("message");
        assertThat(pushed.path("at")).isEqualTo(acked.findValue("at"));
        JsonNode page =
            bob.request("{\"id\":\"h\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"alice\"}");
        assertThat(page.path("code").asInt()).as("%s", page).isZero();
        assertThat(page.toString()).as("what MongoDB holds").contains("\"hi\"");
      }
      try (RawClient again = enter("bob", ",\"device\":\"another\"")) {
        assertThat(again.awaitPush("message").path("at")).isEqualTo(acked.findValue("at"));
      }
    }
  }

  private UpNode up(TestBroker broker, MongoRecordStore view) {
    return new UpNode(
        new UpSettings(
            Instance.of("up-1"),
            true,
            folder,
            null,
            KafkaSettings.of(broker.bootstrapServers()),
            1,
            1,
            Optional.empty(),
            EdgeConfig.of("up-1", AuthSettings.ofSecret(SECRET))
                .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", port, 0)),
            UpSettings.Workers.DEFAULT,
            false,
            null),
        view,
        line -> {});
  }

  /** A client whose {@code auth} was answered. */
  private RawClient enter(String user, String more) {
    String token =
        new TokenIssuer(SECRET, ExpectedClaims.ANY, Duration.ofHours(1), Clock.systemUTC())
            .issue(user)
            .token();
    RawClient client = RawTcpClient.connect("127.0.0.1", port);
    JsonNode reply =
        client.request("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + token + "\"" + more + "}");
    assertThat(reply.path("code").asInt()).as("%s", reply).isZero();
    return client;
  }
}
