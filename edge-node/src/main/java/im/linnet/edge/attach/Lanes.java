package im.linnet.edge.attach;

import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import java.util.ArrayList;
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

  /** All partitions that hold something for a user: the user's own, and all with topics. */
  static Lanes of(TopicCatalogue catalogue) {
    List<StreamPartition> shared = catalogue.partitions(Stream.SHARED);
    // The sessions keep their partitions: one object for all sessions of a partition.
    List<List<StreamPartition>> ofUsers =
        Stream.OF_USERS.stream().map(stream -> catalogue.partitions(List.of(stream))).toList();
    return (user, userPartition) -> {
      List<PartitionCursor> cursors = new ArrayList<>(Stream.OF_USERS.size() + shared.size());
      for (List<StreamPartition> partitions : ofUsers) {
        cursors.add(new UserCursor(partitions.get(userPartition), user));
      }
      for (StreamPartition partition : shared) {
        cursors.add(new TopicCursor(partition, user));
      }
      return cursors;
    };
  }
}
