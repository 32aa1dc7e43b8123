package im.linnet.edge.attach;

import java.time.Duration;

/**
 * The bounds of attaching.
 *
 * @param inProgress sessions that attach at the same time
 * @param waiting sessions that wait for their turn; one more is closed with 3004
 * @param sync backlog records per partition that one session is sent, the newest ones
 * @param pageFrames frames of one page; with {@code pageBytes} what surely fits into an outbox of
 *     which a quarter is used
 * @param pageBytes bytes after which a page ends; the last frame may pass them
 * @param patience how long a client may take to make room for the next page, and a partition to
 *     begin
 * @param rounds how often one attach goes back to the store or the log
 * @param scanRecords offsets that may lie between the view and the ring; beyond it the session is
 *     closed with 3004
 * @param few to how many live sessions of one user the tail pushes by itself; beyond that the event
 *     loops do, which costs each record a task
 * @param retryAfter what a session that is closed is told to wait, at least; at most twice that
 */
public record AttachSettings(
    int inProgress,
    int waiting,
    int sync,
    int pageFrames,
    int pageBytes,
    Duration patience,
    int rounds,
    long scanRecords,
    int few,
    Duration retryAfter) {

  /** For an outbox of 256 KiB and 1,000 frames. */
  public static final AttachSettings DEFAULT =
      new AttachSettings(
          256,
          20_000,
          20_000,
          500,
          96 << 10,
          Duration.ofSeconds(30),
          32,
          100_000,
          16,
          Duration.ofSeconds(1));

  public AttachSettings {
    require(inProgress > 0, "inProgress", inProgress);
    require(waiting >= 0, "waiting", waiting);
    require(sync > 0, "sync", sync);
    require(pageFrames > 0, "pageFrames", pageFrames);
    require(pageBytes > 0, "pageBytes", pageBytes);
    require(patience.isPositive(), "patience", patience);
    require(rounds > 0, "rounds", rounds);
    require(scanRecords > 0, "scanRecords", scanRecords);
    require(few >= 0, "few", few);
    require(retryAfter.toMillis() > 0, "retryAfter", retryAfter);
  }

  /**
   * These for other outboxes: a page fills at most half of one, so that it fits beside the quarter
   * that may be used.
   */
  public AttachSettings withOutbox(int bytes, int frames) {
    return new AttachSettings(
        inProgress,
        waiting,
        sync,
        Math.max(1, frames / 2),
        (int) Math.max(1, bytes * 3L / 8),
        patience,
        rounds,
        scanRecords,
        few,
        retryAfter);
  }

  /** These with another bound of backlog records, the {@code sync} that clients are told. */
  public AttachSettings withSync(int records) {
    return new AttachSettings(
        inProgress,
        waiting,
        records,
        pageFrames,
        pageBytes,
        patience,
        rounds,
        scanRecords,
        few,
        retryAfter);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("attach." + name + ": " + value + " is too small");
    }
  }
}
