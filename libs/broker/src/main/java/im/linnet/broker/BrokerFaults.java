package im.linnet.broker;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the first fatal fault of the broker's inner parts. Kafka's own factory halts the process
 * there, which is not a broker's to decide when it is a guest in somebody else's; here the fault
 * shows in {@link EmbeddedBroker#check()} and the owner decides. Called by any Kafka thread.
 */
final class BrokerFaults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

  private final AtomicReference<@Nullable String> first = new AtomicReference<>();

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, cause) -> {
      String line = "broker fault in " + name + ": " + message;
      LOG.error(line, cause);
      if (fatal) {
        first.compareAndSet(null, cause == null ? line : line + " (" + cause + ")");
      }
      action.run();
      return new FaultHandlerException(line, cause);
    };
  }

  /** The first fatal fault since the start, as one line. */
  Optional<String> fatal() {
    return Optional.ofNullable(first.get());
  }
}
