package im.linnet.testkit;

/**
 * A {@code mongod} that the test kit runs, as a child process or in a container. It always listens
 * on the same loopback port with the same data, however often it is killed and started.
 */
interface Mongod extends AutoCloseable {
  /** The port on 127.0.0.1 at which it listens. */
  int port();

  /** Starts it, or starts it again; returns before it answers. */
  void start();

  /** SIGKILL. */
  void kill();

  /** SIGSTOP. */
  void pause();

  /** SIGCONT. */
  void resume();

  /** The end of its log, for messages. */
  String tailOfOutput();

  /** Whether it has ended by itself. */
  boolean hasDied();

  /** Kills it and deletes its data. */
  @Override
  void close();
}
