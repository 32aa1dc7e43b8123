package im.linnet.testkit;

/** Where the broker of a test runs. Used by one test thread. */
interface BrokerHost extends AutoCloseable {
  /** {@code host:port}, the same for as long as it lives. */
  String bootstrapServers();

  /** Whether others had it before, and have left their topics there. */
  boolean isShared();

  /** Nobody answers at its address until {@link #startAgain}. */
  void stop();

  /** Answers again, with the data that it had. */
  void startAgain();

  @Override
  void close();
}
