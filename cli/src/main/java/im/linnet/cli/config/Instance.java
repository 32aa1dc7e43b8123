package im.linnet.cli.config;

/**
 * A process's name in the cluster, and the lock that keeps other processes of this machine from
 * taking it.
 *
 * @param name unique among the processes of its kind, the same after a restart
 * @param hold kept open while the process runs, closed after everything else
 */
public record Instance(String name, AutoCloseable hold) {
  /** A name without a lock. The operator keeps it unique. */
  public static Instance of(String name) {
    return new Instance(name, () -> {});
  }
}
