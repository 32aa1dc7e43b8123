package im.linnet.log.group;

import im.linnet.log.LogPartition;

/**
 * A position at which the log has no record.
 *
 * @param position the position
 * @param start the first offset that the log has
 * @param end the offset after the last one
 */
record BrokenPosition(LogPartition partition, long position, long start, long end) {
  /** One line for an operator: records are missing, or the position is from another log. */
  String explained() {
    if (position < start) {
      return partition
          + ": is to go on at "
          + position
          + " but the log begins at "
          + start
          + ": the records "
          + position
          + " to "
          + (start - 1)
          + " were deleted from the log and are missing here";
    }
    return partition
        + ": is to go on at "
        + position
        + " but the log ends at "
        + end
        + ": this is another log, or the log has lost records";
  }
}
