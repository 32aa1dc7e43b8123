package im.linnet.edge.config;

import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.time.Duration;

/** The way to the store. */
public record ReadSettings(
    @Setting(
            flag = "--view-workers",
            value = "8",
            least = "1",
            most = "1000",
            doc = "Threads that ask the view.")
        int workers,
    @Setting(
            flag = "--view-queue",
            value = "1000",
            least = "1",
            most = "1000000",
            doc = "Requests that wait for such a thread. Above it a request is answered 5003.")
        int queue,
    @Setting(
            flag = "--view-wait",
            value = "2s",
            least = "1ms",
            most = "1m",
            doc = "How long a request waits until the view holds what its session has seen.")
        Duration viewWait,
    @Setting(
            flag = "--view-lag",
            value = "1s",
            least = "0ms",
            most = "10m",
            doc =
                "How late the view may be before clients are read more slowly. 0ms: they never"
                    + " are.")
        Duration viewLag) {
  /** A few threads and a short queue. A request that would wait longer gets an error at once. */
  public static final ReadSettings DEFAULT = Settings.defaults(ReadSettings.class);

  public ReadSettings {
    Settings.check(ReadSettings.class, workers, queue, viewWait, viewLag);
  }
}
