package im.linnet.records;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** How users stand to each other, and what was decided about them. */
public interface RelationReader {
  /** How a user stands to others. */
  Relations relations(String user);

  /**
   * The friend requests in a user's list, both directions, newest first.
   *
   * @param limit at most so many
   */
  List<StoredRequest> requests(String user, int limit);

  /**
   * How the two users of each pair stand to each other.
   *
   * @param pairs the states that nothing is known of yet
   * @return by key, one for each pair
   */
  Map<String, PairState> pairs(Collection<PairState> pairs);

  /** By how many others users are blocked; one whom nobody blocks may be absent. */
  Map<String, Integer> blockers(Collection<String> users);

  /** The verdicts of those commands that have one. */
  Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands);
}
