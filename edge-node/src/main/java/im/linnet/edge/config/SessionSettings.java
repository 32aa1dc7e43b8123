package im.linnet.edge.config;

import im.linnet.schemas.Limits;
import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.time.Duration;

/**
 * The bounds of one session.
 *
 * @param limits the protocol's bounds, told to the client
 */
public record SessionSettings(
    @Setting(
            flag = "--auth-timeout",
            value = "10s",
            least = "50ms",
            most = "10m",
            doc = "How long a connection may stay without a successful auth.")
        Duration authTimeout,
    @Setting(
            flag = "--heartbeat",
            value = "25s",
            least = "50ms",
            most = "1h",
            doc = "A session that is idle for this long is pinged, and closed after two of them.")
        Duration heartbeat,
    @Setting(
            flag = "--requests-in-flight",
            value = "256",
            least = "1",
            most = "100000",
            doc = "Requests of one session under way. Above it the socket is not read.")
        int requestsInFlight,
    @Setting(
            flag = "--outbox-bytes",
            value = "262144",
            // Two of the largest frames.
            least = "131072",
            most = "1073741824",
            doc = "Bytes that wait for a session's socket before its client counts as slow.")
        int outboxBytes,
    @Setting(
            flag = "--outbox-frames",
            value = "1000",
            least = "8",
            most = "1000000",
            doc = "Frames that wait for a session's socket before its client counts as slow.")
        int outboxFrames,
    @Setting(
            flag = "--remembered-sends",
            value = "256",
            least = "1",
            most = "100000",
            doc =
                "Sends of one session whose outcome is kept for a repeat. Older ones are looked up"
                    + " in the log.")
        int rememberedSends,
    @Setting(
            flag = "--watched-users",
            value = "1000",
            least = "1",
            most = "100000",
            doc = "Users whose presence one session may watch.")
        int watchedUsers,
    @Setting(
            flag = "--change-window",
            value = "2m",
            least = "1s",
            most = "365d",
            doc = "How long after a message's time its sender may edit or recall it.")
        Duration changeWindow,
    Limits limits) {
  /** The protocol's own bounds. */
  public static final SessionSettings DEFAULT =
      Settings.defaults(SessionSettings.class, Limits.DEFAULT);

  public SessionSettings {
    Settings.check(
        SessionSettings.class,
        authTimeout,
        heartbeat,
        requestsInFlight,
        outboxBytes,
        outboxFrames,
        rememberedSends,
        watchedUsers,
        changeWindow,
        limits);
    limits = limits.withChange(changeWindow.toMillis());
  }
}
