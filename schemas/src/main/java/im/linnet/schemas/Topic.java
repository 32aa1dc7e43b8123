package im.linnet.schemas;

import java.util.List;
import java.util.Map;

/**
 * One Kafka topic of the catalogue.
 *
 * @param name its name
 * @param sizing the source of its partition count
 * @param config the topic-level settings, by Kafka's own names
 */
public record Topic(String name, Sizing sizing, Map<String, String> config) {

  /** The source of a topic's number of partitions. */
  public enum Sizing {
    /** One count for all topics that are keyed by the user, so a user has one partition number. */
    USERS,
    /** The count of the group topic. */
    TOPICS,
    /** The count of the command topic. */
    COMMANDS,
    /** One partition: the topic is small, and each reader reads it whole. */
    SINGLE
  }

  public Topic {
    config = Map.copyOf(config);
  }

  /** One-to-one messages. */
  public static final String P2P = "im.p2p.v1";

  /** Friend requests and application tokens. */
  public static final String MUTUAL = "im.mutual.v1";

  /** Group messages and facts. */
  public static final String TOPIC = "im.topic.v1";

  /** Profiles and contacts. */
  public static final String PROFILE = "im.profile.v1";

  /** Commands for the decider. */
  public static final String COMMAND = "im.command.v1";

  /** Signals, which are never stored. */
  public static final String SIGNAL = "im.signal.v1";

  /** The life of client sessions. */
  public static final String SESSION = "im.session.v1";

  /** The life of edges. */
  public static final String EDGE = "im.edge.v1";

  /** Presence per user. */
  public static final String PRESENCE = "im.presence.v1";

  /**
   * The consumer group of the presence-trackers in {@link #SESSION}. All records before its offsets
   * are part of the state in {@link #PRESENCE}.
   */
  public static final String PRESENCE_GROUP = "linnet-presence";

  /** The progress of each view. */
  public static final String APPLIED = "im.applied.v1";

  /** The dead-letter topic of a topic. */
  public static String deadLetters(String topic) {
    return topic + ".dlq";
  }

  /** The topics whose records the applier takes. Only their records can be dead-lettered. */
  public static final List<String> APPLIED_TOPICS = List.of(P2P, MUTUAL, TOPIC, PROFILE);
}
