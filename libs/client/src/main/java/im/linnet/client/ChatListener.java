package im.linnet.client;

/** Is told what happens in a session. */
@FunctionalInterface
public interface ChatListener {
  /**
   * Takes the next event. Called on one thread of the client's own, in the order of the events.
   * What it throws is logged, and the next event follows.
   *
   * <p>It may block, and then the client takes no more pushes than {@link ClientConfig#maxPending}
   * off its socket. Replies stand behind pushes there, so who waits for a reply here must not wait
   * for ever. A connection of which nothing is read for two heartbeats is lost, by the server's
   * judgement and by the client's; the next one begins where the listener is, and nothing is lost.
   */
  void on(ClientEvent event);
}
