package im.linnet.edge.config;

import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.time.Duration;

/** The newest records of the log and the presence that an edge keeps. */
public record RingSettings(
    @Setting(
            flag = "--ring-bytes",
            value = "67108864",
            least = "1048576",
            most = "1099511627776",
            doc = "Bytes of the newest records, of all partitions that are read here together.")
        long ringBytes,
    @Setting(
            flag = "--spare-users",
            value = "65536",
            least = "0",
            most = "100000000",
            doc = "Users whose presence is kept although no client of this edge needs them.")
        int spareUsers,
    @Setting(
            flag = "--ring-linger",
            value = "60s",
            least = "0s",
            most = "1h",
            doc = "How long a partition is kept after its last user left, for a reconnect.")
        Duration linger,
    @Setting(
            flag = "--filter-bytes",
            value = "134217728",
            least = "1048576",
            most = "1099511627776",
            doc = "Bytes of the filters of duplicates: 43 to 86 for each message of some 40 s.")
        long filterBytes,
    @Setting(
            flag = "--tail-silence",
            value = "15s",
            least = "1s",
            most = "10m",
            doc = "Without an answer from Kafka for so long, the edge is not ready.")
        Duration silence) {
  /** Rings for some seconds of a busy edge, and room for all users of most clusters. */
  public static final RingSettings DEFAULT = Settings.defaults(RingSettings.class);

  public RingSettings {
    Settings.check(RingSettings.class, ringBytes, spareUsers, linger, filterBytes, silence);
  }
}
