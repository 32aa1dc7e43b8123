package im.linnet.cli.system;

import im.linnet.edge.EdgeNode;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.config.SessionSettings;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.persister.Persister;
import im.linnet.persister.PersisterConfig;
import im.linnet.presence.PresenceConfig;
import im.linnet.presence.PresenceTracker;
import im.linnet.records.RecordStore;
import im.linnet.schemas.Limits;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.Settings;
import im.linnet.testkit.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Everything that serves a user, in this process, on a view that the test gives. */
final class Messenger implements AutoCloseable {
  private static final SigningSecret SECRET =
      new SigningSecret(
          "a secret of this test alone, of 32 bytes and more".getBytes(StandardCharsets.UTF_8));

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final TokenIssuer issuer =
      new TokenIssuer(SECRET, ExpectedClaims.ANY, Duration.ofHours(1), Clock.systemUTC());
  private final RecordStore store;
  private final KafkaSettings kafka;
  private final String log;
  private final EdgeNode edge;
  private final EdgeNode second;

  Messenger(RecordStore store) {
    this.store = store;
    parts.push(store);
    TestBroker broker = TestBroker.start(TopicCatalogue.EMBEDDED);
    parts.push(broker);
    kafka = KafkaSettings.of(broker.bootstrapServers());
    log = broker.clusterId();
    store.open(log);
    Persister persister =
        new Persister(
            PersisterConfig.DEFAULT.withCatalogue(TopicCatalogue.EMBEDDED),
            kafka,
            store,
            new SimpleMeterRegistry());
    parts.push(persister);
    PresenceTracker tracker =
        new PresenceTracker(
            PresenceConfig.DEFAULT.withCatalogue(TopicCatalogue.EMBEDDED),
            kafka,
            store,
            new SimpleMeterRegistry());
    parts.push(tracker);
    persister.start();
    tracker.start();
    edge = startEdge("edge");
    parts.push(edge);
    second = startEdge("second");
    parts.push(second);
  }

  /** One more edge of that id, which the caller closes. */
  EdgeNode startEdge(String id) {
    return startEdge(id, Limits.DEFAULT.sync());
  }

  /**
   * One more edge of that id, which the caller closes.
   *
   * @param sync the most records of a partition that it sends to a session that was away
   */
  EdgeNode startEdge(String id, int sync) {
    EdgeNode started =
        new EdgeNode(
            config(id, sync), store, kafka, TopicCatalogue.EMBEDDED, new Telemetry(), List.of());
    started.start();
    return started;
  }

  private static EdgeConfig config(String id, int sync) {
    Limits usual = Limits.DEFAULT;
    Limits limits =
        new Limits(
            usual.frame(),
            usual.content(),
            sync,
            usual.page(),
            usual.users(),
            usual.readPush(),
            usual.change());
    EdgeConfig config = EdgeConfig.of(id, AuthSettings.ofSecret(SECRET));
    return new EdgeConfig(
        id,
        ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0),
        Settings.defaults(SessionSettings.class, limits),
        config.auth(),
        config.publishing(),
        config.reads(),
        config.tail(),
        config.attach(),
        config.p2p());
  }

  /** The edge at which users log in. */
  EdgeNode edge() {
    return edge;
  }

  /** Where users reach that edge. */
  String edgeAddress() {
    return "127.0.0.1:" + edge.tcpPort();
  }

  /** The address that the presence-tracker gives itself. */
  String trackerAddress() {
    return PresenceConfig.DEFAULT.address();
  }

  /** The id of the log. */
  String log() {
    return log;
  }

  /** The address of the broker. */
  String bootstrap() {
    return kafka.bootstrapServers();
  }

  Talker login(String user) {
    return login(user, "default", List.of());
  }

  Talker login(String user, String device, List<String> places) {
    return login(edge, user, device, places);
  }

  /**
   * Connects and asks to be let in; does not wait for the answer.
   *
   * @param number 0 or 1: one of two edges
   */
  Talker arrive(int number, String user, String device) {
    EdgeNode at = number == 0 ? edge : second;
    return Talker.arrive(at.tcpPort(), user, issuer.issue(user).token(), device, List.of());
  }

  /** Logs in at that edge. */
  Talker login(EdgeNode at, String user, String device, List<String> places) {
    return Talker.login(at.tcpPort(), user, issuer.issue(user).token(), device, places);
  }

  @Override
  public void close() throws Exception {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }
}
