package im.linnet.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The cluster that the environment names. Its topics are ours, its servers are not. */
final class GivenCluster implements BrokerHost {
  /** The environment variable that names it: its bootstrap servers. */
  static final String VARIABLE = "LINNET_TEST_KAFKA";

  private static final AtomicInteger NOT_STOPPED = new AtomicInteger();

  private final String servers;

  private GivenCluster(String servers) {
    this.servers = servers;
  }

  /** The cluster that this environment names, null where it names none. */
  static @Nullable GivenCluster of(@Nullable String servers) {
    return servers == null || servers.isBlank() ? null : new GivenCluster(servers.strip());
  }

  /** How many tests have ended early because they stop their broker. */
  static int notStopped() {
    return NOT_STOPPED.get();
  }

  @Override
  public String bootstrapServers() {
    return servers;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void stop() {
    NOT_STOPPED.incrementAndGet();
    Assumptions.abort(VARIABLE + " names a cluster that is not ours to stop");
  }

  @Override
  public void startAgain() {
    throw new IllegalStateException("it was not stopped");
  }

  @Override
  public void close() {
    // Others use it too.
  }
}
