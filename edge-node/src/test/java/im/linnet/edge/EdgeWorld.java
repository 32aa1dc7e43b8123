package im.linnet.edge;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.PresenceState;
import im.linnet.schemas.event.PresenceStateCodec;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.RawWebSocketClient;
import im.linnet.testkit.TestBroker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, a view that follows it and edges, for tests with real sockets. */
final class EdgeWorld implements AutoCloseable {
  static final SigningSecret SECRET = new SigningSecret(new byte[SigningSecret.LEAST_BYTES]);

  enum Transport {
    TCP,
    WEBSOCKET
  }

  private static final TopicCatalogue CATALOGUE = new TopicCatalogue(2, 2, 2);

  private final TestBroker broker = TestBroker.start(CATALOGUE);
  private final KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
  private final InMemoryRecordStore store = new InMemoryRecordStore();
  private final MiniApplier applier;
  private final Deque<EdgeNode> edges = new ArrayDeque<>();

  EdgeWorld() {
    store.open(broker.clusterId());
    applier = new MiniApplier(kafka, CATALOGUE, store);
  }

  static EdgeConfig config(String edge) {
    return EdgeConfig.of(edge, AuthSettings.ofSecret(SECRET).issuingTokens())
        .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0));
  }

  EdgeNode start(EdgeConfig config) {
    EdgeNode edge = new EdgeNode(config, store, kafka, CATALOGUE, new Telemetry(), List.of());
    edge.start();
    edges.push(edge);
    return edge;
  }

  /** As a presence-tracker would say it. */
  void presence(String user, PresenceStatus status) {
    byte[] key = user.getBytes(StandardCharsets.UTF_8);
    byte[] state =
        PresenceStateCodec.encode(
            new PresenceState(user, status, status, 1_000, List.of(), List.of()));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      int partition = CATALOGUE.partition(Stream.P2P, key);
      producer.send(new ProducerRecord<>(Topic.PRESENCE, partition, key, state));
      producer.flush();
    }
  }

  static RawClient connect(EdgeNode edge, Transport transport) {
    return switch (transport) {
      case TCP -> RawTcpClient.connect("127.0.0.1", edge.tcpPort());
      case WEBSOCKET ->
          RawWebSocketClient.connect(URI.create("ws://127.0.0.1:" + edge.httpPort() + "/v1/ws"));
    };
  }

  static String token(String user) {
    return token(user, Duration.ofHours(1));
  }

  static String token(String user, Duration life) {
    return new TokenIssuer(SECRET, ExpectedClaims.ANY, life, Clock.systemUTC()).issue(user).token();
  }

  static String auth(String user, String device) {
    return "{\"id\":\"auth\",\"op\":\"auth\",\"device\":\"%s\",\"token\":\"%s\"}"
        .formatted(device, token(user));
  }

  /** A client that is live. */
  static RawClient live(EdgeNode edge, Transport transport, String user, String device) {
    RawClient client = connect(edge, transport);
    client.request(auth(user, device));
    client.awaitPush("synced");
    return client;
  }

  @Override
  public void close() {
    edges.forEach(EdgeNode::close);
    applier.close();
    store.close();
    broker.close();
  }
}
