package im.linnet.records;

import im.linnet.schemas.event.BlockAct;
import im.linnet.schemas.event.BlockEvent;
import im.linnet.schemas.event.FriendEvent;
import im.linnet.schemas.event.PairKey;
import org.jspecify.annotations.Nullable;

/**
 * The state of two users: the sum of their facts, and nothing else. Immutable.
 *
 * @param one the smaller name
 * @param other the greater name
 * @param friends whether they are friends
 * @param asked the state of the newest request of {@code one}; null for none
 * @param askedBack the state of the newest request of {@code other}; null for none
 * @param blocks whether {@code one} blocks {@code other}
 * @param blockedBack whether {@code other} blocks {@code one}
 */
public record PairState(
    String one,
    String other,
    boolean friends,
    @Nullable RequestStatus asked,
    @Nullable RequestStatus askedBack,
    boolean blocks,
    boolean blockedBack) {
  /** Two users without any fact. */
  public static PairState of(String user, String peer) {
    boolean inOrder = user.compareTo(peer) <= 0;
    return new PairState(
        inOrder ? user : peer, inOrder ? peer : user, false, null, null, false, false);
  }

  /** The key of the two. */
  public String key() {
    return PairKey.of(one, other);
  }

  /** The state of the newest request of that user to the other; null for none. */
  public @Nullable RequestStatus requestOf(String user) {
    return user.equals(one) ? asked : askedBack;
  }

  /** Whether that user blocks the other. */
  public boolean isBlocking(String user) {
    return user.equals(one) ? blocks : blockedBack;
  }

  /** The state after a step between the two. */
  public PairState apply(FriendEvent fact) {
    return switch (fact.act()) {
      case ADD -> withRequest(fact.from(), RequestStatus.PENDING);
      case ACCEPT -> answered(fact.to(), RequestStatus.ACCEPTED).withFriends(true);
      case REJECT -> answered(fact.to(), RequestStatus.REJECTED);
      case REMOVE -> withFriends(false);
    };
  }

  /** The state after one of the two blocked the other, or does so no more. */
  public PairState apply(BlockEvent fact) {
    boolean now = fact.act() == BlockAct.ADD;
    return fact.from().equals(one)
        ? new PairState(one, other, friends, asked, askedBack, now, blockedBack)
        : new PairState(one, other, friends, asked, askedBack, blocks, now);
  }

  private PairState answered(String asker, RequestStatus answer) {
    return requestOf(asker) == null ? this : withRequest(asker, answer);
  }

  private PairState withFriends(boolean now) {
    return new PairState(one, other, now, asked, askedBack, blocks, blockedBack);
  }

  private PairState withRequest(String asker, RequestStatus status) {
    return asker.equals(one)
        ? new PairState(one, other, friends, status, askedBack, blocks, blockedBack)
        : new PairState(one, other, friends, asked, status, blocks, blockedBack);
  }
}
