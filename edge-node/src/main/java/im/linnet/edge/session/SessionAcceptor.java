package im.linnet.edge.session;

import im.linnet.edge.transport.Acceptor;
import im.linnet.edge.transport.ClientConnection;
import im.linnet.edge.transport.Inbound;
import im.linnet.schemas.frame.CloseCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The connections of one event loop, and the one sweep over all of them. */
public final class SessionAcceptor implements Acceptor {
  private final SessionParts parts;
  private final FrameOutbox.Bounds outboxBounds;
  private final Set<ConnectionHandler> handlers = new HashSet<>();
  private final Consumer<ConnectionHandler> onEnd = handlers::remove;
  private boolean draining;

  public SessionAcceptor(SessionParts parts) {
    this.parts = parts;
    this.outboxBounds = parts.outboxBounds();
  }

  @Override
  public Inbound accept(ClientConnection connection) {
    if (draining) {
      return turnAway(connection, CloseCode.DRAINING);
    }
    ConnectionHandler conversation = new ConnectionHandler(connection, parts, outboxBounds, onEnd);
    handlers.add(conversation);
    return conversation;
  }

  @Override
  public Inbound refuse(ClientConnection connection) {
    return turnAway(connection, CloseCode.OVERLOADED);
  }

  private Inbound turnAway(ClientConnection connection, CloseCode code) {
    parts.disconnector().refuse(connection, code, "", parts.retryAfterMillis().getAsLong());
    return TurnedAway.INSTANCE;
  }

  @Override
  public void sweep() {
    long steady = parts.steadyMillis().getAsLong();
    long wall = parts.clock().millis();
    // A copy, since a closed connection may leave the list at once.
    for (ConnectionHandler conversation : List.copyOf(handlers)) {
      conversation.sweep(steady, wall);
    }
  }

  @Override
  public void drain() {
    draining = true;
    for (ConnectionHandler conversation : List.copyOf(handlers)) {
      conversation.disconnect(CloseCode.DRAINING, parts.retryAfterMillis().getAsLong());
    }
  }
}
