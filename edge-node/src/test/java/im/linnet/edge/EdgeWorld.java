package im.linnet.edge;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.log.KafkaSettings;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.RawClient;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.RawWebSocketClient;
import im.linnet.testkit.TestBroker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

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
    return EdgeConfig.of(edge, EdgeConfig.Auth.ofSecret(SECRET).issuingTokens())
        .withListeners(EdgeConfig.Listeners.DEFAULT.withAddress("127.0.0.1", 0, 0));
  }

  EdgeNode start(EdgeConfig config) {
    EdgeNode edge = new EdgeNode(config, store, kafka, CATALOGUE);
    edge.start();
    edges.push(edge);
    return edge;
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
