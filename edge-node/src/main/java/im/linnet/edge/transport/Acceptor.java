package im.linnet.edge.transport;

/** Accepts the connections of one event loop; every method is called on that loop. */
public interface Acceptor {
  /** Accepts a client that has connected. */
  Inbound accept(ClientConnection connection);

  /** Refuses a client that has connected above the bound: it gets the reason and is closed. */
  Inbound refuse(ClientConnection connection);

  /** Ends overdue waits; called at a steady pace. */
  void sweep();

  /** Sends every client away, with the advice to connect elsewhere. */
  void drain();
}
