package im.linnet.client;

/** Receives the events of a session. */
@FunctionalInterface
public interface ChatListener {
  /**
   * Takes the next event. The client calls it on one thread of its own, in the order of the events.
   * An exception from it is logged, and the next event follows.
   *
   * <p>It may block. The client then takes at most {@link ClientConfig#maxPending} pushes off its
   * socket. Replies follow pushes on the socket, so a listener that waits for a reply must not wait
   * for ever. The server and the client both give up a connection from which nothing is read for
   * two heartbeats. The next connection begins at the listener's position, and no event is lost.
   */
  void on(ClientEvent event);
}
