package im.linnet.records.mongo;

import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.time.Duration;

/**
 * How to reach MongoDB.
 *
 * @param uri {@code mongodb://} or {@code mongodb+srv://}; its path names the database, else it is
 *     {@code linnet}
 */
public record MongoSettings(
    String uri,
    @Setting(
            flag = "--mongodb-selection",
            value = "2s",
            least = "1ms",
            most = "10m",
            doc = "How long a call waits for a primary, or for a connection of the pool.")
        Duration selection,
    @Setting(
            flag = "--mongodb-answer",
            value = "10s",
            least = "1ms",
            most = "10m",
            doc = "How long a call waits for an answer, and a write for its majority.")
        Duration socket,
    @Setting(
            flag = "--mongodb-connections",
            value = "32",
            least = "1",
            most = "100",
            doc = "The most connections to MongoDB.")
        int maxConnections) {
  /** The database if the URI names none. */
  public static final String DEFAULT_DATABASE = "linnet";

  public MongoSettings {
    Settings.check(MongoSettings.class, uri, selection, socket, maxConnections);
  }

  /** That database, with every default. */
  public static MongoSettings of(String uri) {
    return Settings.defaults(MongoSettings.class, uri);
  }
}
