package im.linnet.records;

import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.InboxEvent;
import org.jspecify.annotations.Nullable;

/**
 * A user came into a circle of another one, or left it.
 *
 * @param user the owner of the circle
 * @param circle the circle
 * @param peer the user who came or left
 * @param in whether the peer is in it from now on
 * @param offset the place of the fact, in the user's own partition
 */
public record ChangeRelation(String user, Circle circle, String peer, boolean in, long offset)
    implements Change {
  /**
   * The effect of a fact between two users on the one in whose partition it stands; null for none.
   */
  public static @Nullable ChangeRelation of(InboxEvent event, String owner, long offset) {
    return switch (event) {
      case FriendEvent fact ->
          switch (fact.act()) {
            case ACCEPT -> friends(fact, owner, true, offset);
            case REMOVE -> friends(fact, owner, false, offset);
            case ADD, REJECT -> null;
          };
      case BlockEvent fact -> {
        boolean isTo = owner.equals(fact.to());
        yield new ChangeRelation(
            owner,
            isTo ? Circle.BLOCKED_BY : Circle.BLOCKED,
            isTo ? fact.from() : fact.to(),
            fact.act() == BlockAct.ADD,
            offset);
      }
      default -> null;
    };
  }

  private static ChangeRelation friends(FriendEvent fact, String owner, boolean in, long offset) {
    String peer = owner.equals(fact.to()) ? fact.from() : fact.to();
    return new ChangeRelation(owner, Circle.FRIENDS, peer, in, offset);
  }

  /** The circles after it. */
  public Relations apply(Relations before) {
    return before.with(circle, peer, in);
  }

  @Override
  public void apply(MemoryView view) {
    view.relate(this);
  }

  @Override
  public int documents() {
    return 0;
  }
}
