package im.linnet.edge.relations;

import im.linnet.edge.config.P2pPolicy;
import im.linnet.records.Circle;
import im.linnet.records.Relations;
import im.linnet.schemas.Stream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user may send something to another one. One who is blocked may not; and where the
 * policy asks for it, only friends send p2p messages to each other. Safe on any thread.
 */
public final class RecipientRules {
  private final RelationSource source;
  private final P2pPolicy policy;

  public RecipientRules(RelationSource source, P2pPolicy policy) {
    this.source = source;
    this.policy = policy;
  }

  /** How a user of this edge stands to others, as of now; null while that is not known. */
  public @Nullable Relations known(String user) {
    return source.known(user);
  }

  /** As {@link RelationSource#load}. */
  public CompletableFuture<Relations> load(String user) {
    return source.load(user);
  }

  /**
   * Whether that circle of a user has no room for a peer who is not in it, as far as it is known.
   * The decider knows.
   */
  public boolean isFull(String user, Circle circle, String peer) {
    Relations relations = source.known(user);
    return relations != null
        && relations.of(circle).size() >= circle.most()
        && !relations.of(circle).contains(peer);
  }

  /**
   * Why a user may not send anything to another one, or to a topic; null where nothing of this
   * speaks against it.
   *
   * @param relations how {@code from} stands to others
   */
  public @Nullable String refusal(Relations relations, Stream kind, String from, String to) {
    if (!kind.keyedByUser() || from.equals(to)) {
      return null;
    }
    if (relations.of(Circle.BLOCKED_BY).contains(to)) {
      return "to: " + to + " has blocked you";
    }
    boolean isStranger =
        policy == P2pPolicy.FRIENDS
            && kind == Stream.P2P
            && !relations.of(Circle.FRIENDS).contains(to);
    return isStranger
        ? "to: only friends may write to each other here, and you and " + to + " are not friends"
        : null;
  }
}
