package im.linnet.log.group;

import im.linnet.log.LogPartition;

/**
 * A place to go on at where the log has nothing.
 *
 * @param position where the partition was to go on
 * @param start the first offset that the log has
 * @param end the offset behind its last one
 */
record BrokenPosition(LogPartition partition, long position, long start, long end) {
  /** One line: what is missing, or that it is not the log that the position is from. */
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
