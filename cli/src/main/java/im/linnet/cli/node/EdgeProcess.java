package im.linnet.cli.node;

import im.linnet.edge.Closers;
import im.linnet.edge.EdgeNode;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.ops.Telemetry;
import im.linnet.log.KafkaSettings;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** An edge alone in its process. */
public final class EdgeProcess implements Node {
  private final EdgeConfig config;
  private final KafkaSettings kafka;
  private final RecordStore store;
  private final Optional<TopicCatalogue> given;
  private final Closers started = new Closers(Level.DEBUG);
  private @Nullable EdgeNode edge;

  /**
   * Opens nothing yet.
   *
   * @param store closed by this process
   * @param given the partition counts that the operator named
   */
  public EdgeProcess(
      EdgeConfig config, KafkaSettings kafka, RecordStore store, Optional<TopicCatalogue> given) {
    this.config = config;
    this.kafka = kafka;
    this.store = store;
    this.given = given;
  }

  @Override
  public void start() {
    Telemetry telemetry = started.add("telemetry", new Telemetry());
    started.add("store", store);
    TopicCatalogue catalogue = Opening.open(kafka, store, given);
    StoreMeters.show(store, telemetry.registry());
    edge = started.add("edge", new EdgeNode(config, store, kafka, catalogue, telemetry, List.of()));
    FirstContact.start(edge);
    started.tellAt(Level.INFO);
  }

  @Override
  public Optional<String> check() {
    return edge == null ? Optional.of("the edge is not running") : edge.check();
  }

  @Override
  public CompletableFuture<Void> failure() {
    // A failure that may pass shows in check; meanwhile clients may find another edge.
    return edge == null ? new CompletableFuture<>() : edge.stopped();
  }

  @Override
  public String announcement() {
    String host = config.listeners().host();
    return edge == null
        ? "not running"
        : "ready: edge "
            + config.edge()
            + " on "
            + host
            + ", tcp "
            + edge.tcpPort()
            + ", http "
            + edge.httpPort()
            + ", up to "
            + config.listeners().connections()
            + " connections";
  }

  @Override
  public void close() {
    started.close();
  }
}
