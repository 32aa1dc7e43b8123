package im.linnet.edge.transport;

/** Takes the connections of one event loop; every method is called on that loop. */
public interface Acceptor {
  /** A client has connected. */
  Inbound accept(ClientConnection connection);

  /** A client has connected for whom there is no room: it is told so and closed. */
  Inbound refuse(ClientConnection connection);

  /** Looks for what is overdue; called at a steady pace. */
  void sweep();

  /** Sends every client away, with the advice to connect elsewhere. */
  void drain();
}
