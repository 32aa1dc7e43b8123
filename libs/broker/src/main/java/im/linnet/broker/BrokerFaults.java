package im.linnet.broker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the first fatal fault of the broker's inner parts. Kafka's own factory halts the process.
 * An embedded broker must not: it is a guest in its owner's process. Here {@link
 * EmbeddedBroker#check()} and {@link EmbeddedBroker#failure()} report the fault, and the owner
 * decides. Called by any Kafka thread.
 */
final class BrokerFaults implements FaultHandlerFactory {
  /**
   * Kafka's own logger name, because these lines come from Kafka. The failure carries the owner's
   * line.
   */
  private static final Logger LOG = LoggerFactory.getLogger("org.apache.kafka.server.fault");

  private final Path directory;
  private final AtomicReference<@Nullable BrokerFailedException> first = new AtomicReference<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();

  /**
   * @param directory the broker's directory, for the messages
   */
  BrokerFaults(Path directory) {
    this.directory = directory;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, cause) -> {
      String line = "broker fault in " + name + ": " + message;
      LOG.error(line, cause);
      if (fatal) {
        fatal(line, cause);
      }
      action.run();
      return new FaultHandlerException(line, cause);
    };
  }

  /** Reports that the broker cannot go on. Only the first call counts. */
  void fatal(String what, @Nullable Throwable cause) {
    BrokerFailedException failed = failed(what, cause);
    if (first.compareAndSet(null, failed)) {
      // On a thread of its own: a listener may close the broker, and Kafka holds locks here.
      Thread.ofPlatform()
          .name("linnet-broker-fault")
          .daemon()
          .start(() -> failure.completeExceptionally(failed));
    }
  }

  /**
   * A future that fails with the first fatal fault since the start; without one it never completes.
   */
  CompletableFuture<Void> failure() {
    return failure;
  }

  /** The first fatal fault since the start, as one line; known before {@link #failure} fails. */
  Optional<String> fatal() {
    return Optional.ofNullable(first.get()).map(BrokerFailedException::getMessage);
  }

  /** The cause of a failed start: an earlier fatal fault if there is one, else this failure. */
  RuntimeException startFailure(Throwable failure) {
    if (failure instanceof BrokerStartException refused) {
      return refused;
    }
    BrokerFailedException before = first.get();
    if (before != null) {
      return before;
    }
    Optional<StorageTrouble> trouble = StorageTrouble.of(failure);
    if (trouble.isEmpty()) {
      return new BrokerStartException(
          "the broker on " + path() + " did not start" + reason(failure), failure);
    }
    String line = line(trouble.get());
    return trouble.get().isSetting()
        ? new BrokerStartException(line, failure)
        : new BrokerFailedException(line, failure);
  }

  private BrokerFailedException failed(String what, @Nullable Throwable cause) {
    String line =
        StorageTrouble.of(cause)
            .map(this::line)
            .orElseGet(
                () ->
                    "the broker on "
                        + path()
                        + " failed: "
                        + what
                        + (cause == null ? "" : reason(cause)));
    return new BrokerFailedException(line, cause);
  }

  private String line(StorageTrouble trouble) {
    return "the broker cannot use " + path() + ": " + trouble.reason() + "; " + trouble.remedy();
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")";
  }

  private Path path() {
    return directory.toAbsolutePath().normalize();
  }
}
