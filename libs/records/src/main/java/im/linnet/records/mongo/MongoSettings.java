package im.linnet.records.mongo;

import java.time.Duration;

/**
 * How to reach MongoDB.
 *
 * @param uri {@code mongodb://} or {@code mongodb+srv://}; its path names the database, else it is
 *     {@code linnet}
 * @param selection how long a call waits for a primary, or for a connection of the pool
 * @param socket how long a call waits for an answer, and a write for its majority
 * @param maxConnections the most connections that one store opens
 */
public record MongoSettings(String uri, Duration selection, Duration socket, int maxConnections) {
  /** The database where the URI names none. */
  public static final String DEFAULT_DATABASE = "linnet";

  public MongoSettings {
    if (selection.toMillis() < 1 || socket.toMillis() < 1) {
      throw new IllegalArgumentException("MongoDB's time-outs must be at least 1 ms");
    }
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections " + maxConnections + " is below 1");
    }
  }

  /** 2 s for a primary, 10 s for an answer, 32 connections. */
  public static MongoSettings of(String uri) {
    return new MongoSettings(uri, Duration.ofSeconds(2), Duration.ofSeconds(10), 32);
  }
}
