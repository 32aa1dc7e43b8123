package im.linnet.cli.config;

import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.transport.SocketAdmission;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.SettingException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The open-file limit of this process, and how much of it the process needs for itself. Each client
 * connection is an open file too, so the rest is what it can take.
 *
 * @param limit files and sockets that the process may have open
 * @param own the number of them that clients cannot have
 */
public record Descriptors(long limit, long own) {
  /**
   * Jar files, event loops, listening sockets, and connections to Kafka: an edge has about 100 of
   * them, {@code up} about 250. More come with more brokers.
   */
  private static final long PROCESS = 320;

  /** Connections to MongoDB: a pool of 100, and two monitors for each member. */
  private static final long MONGODB = 120;

  /** Kafka's own topics. */
  private static final int INTERNAL_TOPICS = 3;

  /** Segments that the log may grow by. A partition begins one each week, and for each GiB. */
  private static final long LEAST_GROWTH = 128;

  /** The share of a larger limit that is kept for growth. */
  private static final long GROWTH_SHARE = 8;

  /** With fewer clients a start is refused. */
  private static final long FEWEST = 16;

  /** An edge alone, with this process's limit. */
  public static Descriptors ofEdge() {
    return ofEdge(OpenFileLimit.current());
  }

  static Descriptors ofEdge(long limit) {
    return new Descriptors(limit, PROCESS + MONGODB + SocketAdmission.SPARE);
  }

  /** The same without connections to MongoDB, for a view in memory. */
  public Descriptors withoutMongo() {
    return new Descriptors(limit, own - MONGODB);
  }

  /**
   * An edge with a broker in the same process, with this process's limit.
   *
   * @param log the broker's data directory, which may not exist yet
   */
  public static Descriptors withBroker(Path log, TopicCatalogue fresh, int internalPartitions) {
    long partitions =
        TopicCatalogue.all().stream().mapToLong(fresh::partitions).sum()
            + (long) INTERNAL_TOPICS * internalPartitions;
    return withBroker(OpenFileLimit.current(), Math.max(partitions, OpenFileLimit.ofLog(log)));
  }

  /** The broker holds each segment's file open. */
  static Descriptors withBroker(long limit, long segments) {
    long growth = Math.max(LEAST_GROWTH, limit / GROWTH_SHARE);
    return new Descriptors(limit, ofEdge(limit).own() + segments + growth);
  }

  /** The client connections that fit, at most the default of an edge. */
  int standard() {
    return (int) Math.min(limit - own, ListenerSettings.DEFAULT.connections());
  }

  /**
   * The client connections to allow.
   *
   * @param wanted the operator's number; null if there is none
   * @throws SettingException if they do not fit
   * @throws MachineException if almost none would fit
   */
  int connections(@Nullable Integer wanted) {
    long left = limit - own;
    if (wanted != null && wanted > left && left >= FEWEST) {
      throw new SettingException(
          wanted + " connections do not fit into the open-file limit of " + limit,
          "--connections",
          "give at most "
              + left
              + ", since "
              + own
              + " are for the process itself, or raise the limit (ulimit -n "
              + (own + wanted)
              + ")");
    }
    if (left < FEWEST) {
      throw MachineException.tooFewFiles(limit, own + FEWEST);
    }
    return wanted == null ? standard() : wanted;
  }
}
