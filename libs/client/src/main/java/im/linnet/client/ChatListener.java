package im.linnet.client;

/** Is told what happens in a session. */
@FunctionalInterface
public interface ChatListener {
  /**
   * Takes the next event. Called on one thread of the client's own, in the order of the events; it
   * may block, and then the client takes no more pushes than {@link ClientConfig#maxPending} off
   * its socket.
   */
  void on(ClientEvent event);
}
