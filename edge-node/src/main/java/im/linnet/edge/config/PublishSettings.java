package im.linnet.edge.config;

import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.time.Duration;

/** The way into the log. */
public record PublishSettings(
    @Setting(
            flag = "--sends-in-flight",
            value = "50000",
            least = "1",
            most = "10000000",
            doc = "Records of this edge that wait for Kafka. Above it a send is answered 5003.")
        int inFlight,
    @Setting(
            flag = "--send-retry-after",
            value = "1s",
            least = "1ms",
            most = "10m",
            doc = "How long that 5003 tells the client to wait.")
        Duration retryAfter) {
  /** Room for a burst of fast clients. */
  public static final PublishSettings DEFAULT = Settings.defaults(PublishSettings.class);

  public PublishSettings {
    Settings.check(PublishSettings.class, inFlight, retryAfter);
  }
}
