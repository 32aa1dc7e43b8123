package im.linnet.schemas;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the log that the view is built from, with its own Kafka topic. The records of a
 * conversation's stream are also delivered to sessions: its name is the {@code kind} of a frame and
 * the first part of a {@link Position}.
 */
public enum Stream {
  /** One-to-one messages, keyed by the receiving user. */
  P2P("p2p", "im.p2p.v1", true, true),
  /** Friend requests and application tokens, keyed by the receiving user. */
  MUTUAL("mutual", "im.mutual.v1", true, true),
  /** Group messages, keyed by the topic (group) id. */
  TOPIC("topic", "im.topic.v1", false, true),
  /** Profiles and contacts, keyed by the user that they belong to; delivered to nobody. */
  PROFILE("profile", "im.profile.v1", true, false);

  /**
   * The delivered streams that are keyed by the user; a user has one partition number in all of
   * them.
   */
  public static final List<Stream> OF_USERS =
      Arrays.stream(values()).filter(Stream::delivered).filter(Stream::keyedByUser).toList();

  /** The other delivered streams. */
  public static final List<Stream> SHARED =
      Arrays.stream(values()).filter(stream -> !stream.keyedByUser()).toList();

  private final String wire;
  private final String topic;
  private final boolean keyedByUser;
  private final boolean delivered;

  Stream(String wire, String topic, boolean keyedByUser, boolean delivered) {
    this.wire = wire;
    this.topic = topic;
    this.keyedByUser = keyedByUser;
    this.delivered = delivered;
  }

  /** The name in frames, positions and documents. */
  public String wire() {
    return wire;
  }

  /** The Kafka topic that holds this stream. */
  public String topic() {
    return topic;
  }

  /** Whether its records stand under the user that receives or owns them. */
  public boolean keyedByUser() {
    return keyedByUser;
  }

  /** Whether its records go to sessions; if not, they change the view and nothing else. */
  public boolean delivered() {
    return delivered;
  }

  /** The stream of that wire name, or null for any other name. */
  public static @Nullable Stream ofWire(String wire) {
    return switch (wire) {
      case "p2p" -> P2P;
      case "mutual" -> MUTUAL;
      case "topic" -> TOPIC;
      case "profile" -> PROFILE;
      default -> null;
    };
  }

  /** The stream that a Kafka topic holds, or null for any other topic. */
  public static @Nullable Stream ofTopic(String topic) {
    return switch (topic) {
      case "im.p2p.v1" -> P2P;
      case "im.mutual.v1" -> MUTUAL;
      case "im.topic.v1" -> TOPIC;
      case "im.profile.v1" -> PROFILE;
      default -> null;
    };
  }
}
