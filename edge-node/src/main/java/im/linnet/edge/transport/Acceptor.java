package im.linnet.edge.transport;

/** Takes the connections of one event loop; every method is called on that loop. */
public interface Acceptor {
  /** A client has connected. */
  Inbound accept(Connection connection);

  /** Looks for what is overdue; called at a steady pace. */
  void sweep();
}
