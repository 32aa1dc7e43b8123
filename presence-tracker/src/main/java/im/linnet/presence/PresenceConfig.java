package im.linnet.presence;

import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.Setting;
import im.linnet.settings.SettingException;
import im.linnet.settings.Settings;
import im.linnet.settings.Times;
import java.time.Duration;

/**
 * The configuration of a presence-tracker.
 *
 * @param instance names this tracker for ever, unique among the trackers of one Kafka: its
 *     transactional id and its key in logs
 * @param catalogue the partition counts of the topics; another count in Kafka stops the start
 * @param address the Key of the live edges in {@code kvs}
 */
public record PresenceConfig(
    String instance,
    TopicCatalogue catalogue,
    String address,
    @Setting(
            flag = "--edge-timeout",
            value = "5s",
            least = "100ms",
            most = "10m",
            doc = "An edge without a heartbeat for this time has lost its sessions.")
        Duration edgeTimeout,
    @Setting(
            flag = "--contact-gap",
            value = "2s",
            least = "10ms",
            most = "10m",
            doc =
                "If the edges' heartbeats could not be read for this time, the silence of each edge"
                    + " is counted anew. Below --edge-timeout.")
        Duration contactGap,
    @Setting(
            flag = "--users-per-step",
            value = "2000",
            least = "1",
            most = "100000",
            doc = "Users whose sessions end in one transaction. The rest follow in the next.")
        int usersPerStep,
    @Setting(
            flag = "--presence-batch",
            value = "1000",
            least = "1",
            most = "100000",
            doc = "Users in one write of presence to the view.")
        int storeBatch,
    @Setting(
            flag = "--presence-retry",
            value = "500ms",
            least = "1ms",
            most = "1m",
            doc = "The pause after the view refused such a write.")
        Duration storeRetry) {
  /** The default configuration. */
  public static final PresenceConfig DEFAULT =
      Settings.defaults(PresenceConfig.class, "presence-1", TopicCatalogue.DEFAULT, "127.0.0.1:0");

  public PresenceConfig {
    Settings.check(
        PresenceConfig.class,
        instance,
        catalogue,
        address,
        edgeTimeout,
        contactGap,
        usersPerStep,
        storeBatch,
        storeRetry);
    SettingException.requireText(instance, "--instance");
    if (address.isBlank()) {
      throw new IllegalArgumentException("a tracker needs an address");
    }
    if (contactGap.compareTo(edgeTimeout) >= 0) {
      throw new SettingException(
          Times.text(contactGap) + " is not below --edge-timeout, " + Times.text(edgeTimeout),
          "--contact-gap",
          "give less, or a longer --edge-timeout");
    }
  }

  /** A copy with this instance name. */
  public PresenceConfig withInstance(String name) {
    return with(name, catalogue, address);
  }

  /** A copy with these partition counts. */
  public PresenceConfig withCatalogue(TopicCatalogue counts) {
    return with(instance, counts, address);
  }

  /** A copy with this address. */
  public PresenceConfig withAddress(String hostAndPort) {
    return with(instance, catalogue, hostAndPort);
  }

  private PresenceConfig with(String name, TopicCatalogue counts, String hostAndPort) {
    return new PresenceConfig(
        name, counts, hostAndPort, edgeTimeout, contactGap, usersPerStep, storeBatch, storeRetry);
  }
}
