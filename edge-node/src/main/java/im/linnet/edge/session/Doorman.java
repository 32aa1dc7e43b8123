package im.linnet.edge.session;

import im.linnet.edge.transport.Acceptor;
import im.linnet.edge.transport.Connection;
import im.linnet.edge.transport.Inbound;
import im.linnet.schemas.frame.CloseCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The conversations of one event loop, and the one clock that looks after all of them. */
public final class Doorman implements Acceptor {
  private final SessionParts parts;
  private final Set<Conversation> conversations = new HashSet<>();
  private boolean draining;

  public Doorman(SessionParts parts) {
    this.parts = parts;
  }

  @Override
  public Inbound accept(Connection connection) {
    if (draining) {
      return turnAway(connection, CloseCode.DRAINING);
    }
    Conversation conversation = new Conversation(connection, parts, conversations::remove);
    conversations.add(conversation);
    return conversation;
  }

  @Override
  public Inbound refuse(Connection connection) {
    return turnAway(connection, CloseCode.OVERLOADED);
  }

  private Inbound turnAway(Connection connection, CloseCode code) {
    parts.disconnector().refuse(connection, code, "", parts.retryAfterMillis().getAsLong());
    return TurnedAway.INSTANCE;
  }

  @Override
  public void sweep() {
    long steady = parts.steadyMillis().getAsLong();
    long wall = parts.clock().millis();
    // A copy, since what is closed may leave at once.
    for (Conversation conversation : List.copyOf(conversations)) {
      conversation.sweep(steady, wall);
    }
  }

  @Override
  public void drain() {
    draining = true;
    for (Conversation conversation : List.copyOf(conversations)) {
      conversation.disconnect(CloseCode.DRAINING, parts.retryAfterMillis().getAsLong());
    }
  }
}
