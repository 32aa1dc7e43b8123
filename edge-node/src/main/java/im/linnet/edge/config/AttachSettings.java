package im.linnet.edge.config;

import im.linnet.schemas.Limits;
import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.time.Duration;

/**
 * The bounds of attaching.
 *
 * @param sync the most backlog records per partition for one session, the newest ones; clients get
 *     it as {@code sync}
 * @param pageFrames the most frames of one page; with {@code pageBytes} a page surely fits into an
 *     outbox of which a quarter is used
 * @param pageBytes the bytes after which a page ends; the last frame may exceed them
 */
public record AttachSettings(
    @Setting(
            flag = "--attach-in-progress",
            value = "256",
            least = "1",
            most = "100000",
            doc = "Sessions that are brought up to date at the same time.")
        int inProgress,
    @Setting(
            flag = "--attach-waiting",
            value = "20000",
            least = "0",
            most = "10000000",
            doc = "Sessions that wait for that. One more is closed with 3004.")
        int waiting,
    int sync,
    int pageFrames,
    int pageBytes,
    @Setting(
            flag = "--attach-patience",
            value = "30s",
            least = "10ms",
            most = "1h",
            doc = "How long a client may take to make room for the next page of its backlog.")
        Duration patience,
    @Setting(
            flag = "--attach-rounds",
            value = "32",
            least = "1",
            most = "10000",
            doc = "How often one session's backlog is asked of the view or the log.")
        int rounds,
    @Setting(
            flag = "--attach-scan",
            value = "100000",
            least = "1",
            most = "1000000000",
            doc =
                "Records of a partition that may lie between the view and what the edge keeps."
                    + " Beyond it a session is closed with 3004.")
        long scanRecords,
    @Setting(
            flag = "--tail-pushes",
            value = "16",
            least = "0",
            most = "100000",
            doc =
                "Live sessions of one user that the tail pushes to by itself. More are left to the"
                    + " event loops, which costs each record a task.")
        int few,
    @Setting(
            flag = "--attach-retry-after",
            value = "1s",
            least = "1ms",
            most = "10m",
            doc = "How long that 3004 tells the client to wait, at least. Twice that at most.")
        Duration retryAfter) {

  /** For an outbox of 256 KiB and 1,000 frames. */
  public static final AttachSettings DEFAULT =
      Settings.defaults(AttachSettings.class, Limits.DEFAULT.sync(), 500, 96 << 10);

  public AttachSettings {
    Settings.check(
        AttachSettings.class,
        inProgress,
        waiting,
        sync,
        pageFrames,
        pageBytes,
        patience,
        rounds,
        scanRecords,
        few,
        retryAfter);
    if (sync < 1 || pageFrames < 1 || pageBytes < 1) {
      throw new IllegalArgumentException("a page and a backlog have a record at least");
    }
  }

  /**
   * These settings for other outboxes. A page fills at most half an outbox, so that it fits beside
   * the quarter that may be used.
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

  /** These settings with another bound of backlog records. */
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
}
