package im.linnet.edge.delivery;

import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.LogEvent;
import im.linnet.schemas.event.TopicFact;
import java.util.List;

/** What the facts of the topic stream say about the membership of users. Pure. */
public final class TopicMembership {
  /** The {@code ce_type} of the facts that let users in. */
  public static final List<String> JOINS = List.of(CreatedEvent.TYPE, JoinedEvent.TYPE);

  /** The {@code ce_type} of the facts that let users in or out. */
  public static final List<String> CHANGES =
      List.of(
          CreatedEvent.TYPE,
          JoinedEvent.TYPE,
          LeftEvent.TYPE,
          KickedEvent.TYPE,
          DisbandedEvent.TYPE);

  private TopicMembership() {}

  /** The users that a fact lets into its topic; empty for every other event. */
  public static List<String> letIn(LogEvent event) {
    return event instanceof TopicFact fact ? fact.membership().in() : List.of();
  }

  /** Whether a fact lets users out of its topic. */
  public static boolean letsOut(LogEvent event) {
    return event instanceof TopicFact fact && fact.membership().letsOut();
  }

  /** Whether a fact lets that user out of its topic. */
  public static boolean letsOut(LogEvent event, String user) {
    return event instanceof TopicFact fact && fact.membership().letsOut(user);
  }
}
