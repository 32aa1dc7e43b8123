package im.linnet.schemas;

import im.linnet.schemas.Topic.Sizing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All Kafka topics of one installation with their partition counts. Counts are fixed at creation: a
 * user's partition is the murmur2 hash of the key over the count, so changing it would scatter
 * inboxes.
 *
 * @param users partitions of every topic that is keyed by the user
 * @param topics partitions of {@code im.topic.v1}
 * @param commands partitions of {@code im.command.v1}
 */
public record TopicCatalogue(int users, int topics, int commands) {
  /** The partition counts of a cluster by default. */
  public static final TopicCatalogue DEFAULT = new TopicCatalogue(64, 64, 64);

  /** The partition counts of the embedded broker. */
  public static final TopicCatalogue EMBEDDED = new TopicCatalogue(8, 8, 8);

  private static final long HOUR = 3_600_000L;
  private static final long DAY = 24 * HOUR;

  public TopicCatalogue {
    requirePositive("users", users);
    requirePositive("topics", topics);
    requirePositive("commands", commands);
  }

  /** The number of partitions that a topic of this catalogue has. */
  public int partitions(Topic topic) {
    return switch (topic.sizing()) {
      case USERS -> users;
      case TOPICS -> topics;
      case COMMANDS -> commands;
      case SINGLE -> 1;
    };
  }

  /** The number of partitions of a stream. */
  public int partitions(Stream stream) {
    return stream.keyedByUser() ? users : topics;
  }

  /** Every partition of some streams, in their order. */
  public List<StreamPartition> partitions(Collection<Stream> streams) {
    List<StreamPartition> all = new ArrayList<>();
    for (Stream stream : streams) {
      for (int i = 0; i < partitions(stream); i++) {
        all.add(new StreamPartition(stream, i));
      }
    }
    return List.copyOf(all);
  }

  /** The one partition of a stream that holds a key's records. */
  public int partition(Stream stream, byte[] key) {
    return KeyPartitioner.partition(key, partitions(stream));
  }

  /** Every topic, dead-letter topics included. */
  public static List<Topic> all() {
    List<Topic> all = new ArrayList<>();
    all.add(new Topic(Topic.P2P, Sizing.USERS, kept()));
    all.add(new Topic(Topic.MUTUAL, Sizing.USERS, kept()));
    all.add(new Topic(Topic.TOPIC, Sizing.TOPICS, kept()));
    all.add(new Topic(Topic.PROFILE, Sizing.USERS, kept()));
    all.add(new Topic(Topic.COMMAND, Sizing.COMMANDS, kept()));
    all.add(new Topic(Topic.SIGNAL, Sizing.USERS, rolled(deleted(HOUR), HOUR / 6)));
    all.add(new Topic(Topic.SESSION, Sizing.USERS, rolled(brokerTime(deleted(DAY)), HOUR)));
    all.add(new Topic(Topic.EDGE, Sizing.SINGLE, rolled(brokerTime(compacted()), HOUR / 6)));
    all.add(new Topic(Topic.PRESENCE, Sizing.USERS, rolled(compacted(), HOUR)));
    all.add(new Topic(Topic.APPLIED, Sizing.SINGLE, rolled(compactedAndDeleted(DAY), HOUR / 6)));
    for (String source : Topic.APPLIED_TOPICS) {
      Sizing sizing = source.equals(Topic.TOPIC) ? Sizing.TOPICS : Sizing.USERS;
      all.add(new Topic(Topic.deadLetters(source), sizing, deleted(30 * DAY)));
    }
    return List.copyOf(all);
  }

  private static Map<String, String> kept() {
    Map<String, String> config = new HashMap<>();
    config.put("cleanup.policy", "delete");
    config.put("retention.ms", "-1");
    config.put("retention.bytes", "-1");
    // A replica that missed records must not become the one that the others copy.
    config.put("unclean.leader.election.enable", "false");
    return brokerTime(config);
  }

  private static Map<String, String> deleted(long retentionMillis) {
    Map<String, String> config = new HashMap<>();
    config.put("cleanup.policy", "delete");
    config.put("retention.ms", Long.toString(retentionMillis));
    return config;
  }

  private static Map<String, String> compacted() {
    Map<String, String> config = new HashMap<>();
    config.put("cleanup.policy", "compact");
    return config;
  }

  private static Map<String, String> compactedAndDeleted(long retentionMillis) {
    Map<String, String> config = new HashMap<>();
    config.put("cleanup.policy", "compact,delete");
    config.put("retention.ms", Long.toString(retentionMillis));
    return config;
  }

  /** Neither retention nor compaction touches the segment that is written to: start a new one. */
  private static Map<String, String> rolled(Map<String, String> config, long segmentMillis) {
    config.put("segment.ms", Long.toString(segmentMillis));
    return config;
  }

  private static Map<String, String> brokerTime(Map<String, String> config) {
    config.put("message.timestamp.type", "LogAppendTime");
    return config;
  }

  private static void requirePositive(String name, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(name + ": " + partitions + " partitions; give 1 or more");
    }
  }
}
