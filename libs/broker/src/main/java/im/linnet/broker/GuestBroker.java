package im.linnet.broker;

import java.io.IOException;
import kafka.server.BrokerServer;
import kafka.server.SharedServer;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;

/**
 * Kafka's broker with one change: it reports the first failure of its log directory to the owner,
 * with the cause, before Kafka tries to end the process.
 */
final class GuestBroker extends BrokerServer {
  private final LogDirFailureChannel failures;

  GuestBroker(SharedServer shared, BrokerFaults faults) {
    super(shared);
    failures = new ToldFailures(faults);
  }

  /** Kafka's own logger name, because the lines come from Kafka. */
  @Override
  public String loggerName() {
    return BrokerServer.class.getName();
  }

  /** The channel that {@code startup} hands to all parts, in place of Kafka's own. */
  @Override
  public LogDirFailureChannel logDirFailureChannel() {
    return failures;
  }

  /** A channel that reports the first failure. Used by all threads that read and write the log. */
  private static final class ToldFailures extends LogDirFailureChannel {
    private final BrokerFaults faults;

    ToldFailures(BrokerFaults faults) {
      super(1);
      this.faults = faults;
    }

    @Override
    public void maybeAddOfflineLogDir(String logDir, String message, IOException cause) {
      faults.fatal(message, cause);
      super.maybeAddOfflineLogDir(logDir, message, cause);
    }
  }
}
