package im.linnet.cli.config;

/**
 * A process's name in the cluster, and what keeps others on this machine from taking it.
 *
 * @param name unique among the processes of its kind, the same after a restart
 * @param hold kept open while the process runs, closed after everything else
 */
public record Instance(String name, AutoCloseable hold) {
  /** A name that nothing holds. The operator keeps it unique. */
  public static Instance of(String name) {
    return new Instance(name, () -> {});
  }
}
