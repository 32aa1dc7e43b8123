package im.linnet.records;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The questions about friends, blocks, friend requests and verdicts. */
public interface RelationReader {
  /** A user's friends and blocks. */
  Relations relations(String user);

  /**
   * The friend requests in a user's list, both directions, newest first.
   *
   * @param limit at most so many
   */
  List<StoredRequest> requests(String user, int limit);

  /**
   * The state of each pair of users.
   *
   * @param pairs the pairs, as states without anything
   * @return by key, one for each pair
   */
  Map<String, PairState> pairs(Collection<PairState> pairs);

  /**
   * How many are in that circle of each of these users; one whose circle is empty may be absent.
   */
  Map<String, Integer> sizes(Circle circle, Collection<String> users);

  /** The verdicts of those commands that have one. */
  Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands);
}
