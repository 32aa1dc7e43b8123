package im.linnet.edge.attach;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.util.Collection;
import java.util.List;

/** The partitions in which a session receives records, with one cursor each. Pure. */
@FunctionalInterface
interface Lanes {
  /**
   * The cursors of a session that has seen nothing.
   *
   * @param userPartition the user's partition in the streams that are keyed by the user
   */
  List<PartitionCursor> of(String user, int userPartition);

  /** The records under the user's own key in some streams. */
  static Lanes ofUsersOwn(Collection<Stream> streams) {
    return (user, userPartition) ->
        streams.stream()
            .map(stream -> new PartitionCursor(new StreamPartition(stream, userPartition), user))
            .toList();
  }
}
