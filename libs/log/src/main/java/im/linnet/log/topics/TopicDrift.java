package im.linnet.log.topics;

import im.linnet.schemas.Topic;

/**
 * One way in which a topic differs from the catalogue.
 *
 * @param topic the topic's name
 * @param subject the difference: {@link #EXISTENCE}, {@link #PARTITIONS}, {@link #COPIES} or the
 *     name of a topic setting
 * @param expected the value in the catalogue
 * @param found the value in the cluster
 * @param severity whether a process may start with it
 * @param remedy the step that an operator should take
 */
public record TopicDrift(
    String topic, String subject, String expected, String found, Severity severity, String remedy) {
  /** The subject of a missing topic. */
  public static final String EXISTENCE = "topic";

  /** The subject of a wrong partition count. */
  public static final String PARTITIONS = "partitions";

  /** The subject of too few copies. */
  public static final String COPIES = "copies";

  /** The effect of a difference on a start. */
  public enum Severity {
    /** A guarantee would not hold: no process starts. */
    STOPS,
    /** Messages of the log are or were deleted. Processes start, with a warning. */
    DELETES,
    /** An operator may want this. Processes start, with a warning. */
    WARNS
  }

  static TopicDrift missing(Topic topic, int partitions) {
    return new TopicDrift(
        topic.name(),
        EXISTENCE,
        partitions + " partitions",
        "no such topic",
        Severity.STOPS,
        "create it with 'linnet topics'");
  }

  static TopicDrift partitions(Topic topic, int expected, int found) {
    return new TopicDrift(
        topic.name(),
        PARTITIONS,
        Integer.toString(expected),
        Integer.toString(found),
        Severity.STOPS,
        "start with the partition counts that the topics were created with;"
            + " a count is fixed at creation, because a user's inbox is found by it");
  }

  static TopicDrift copies(Topic topic, int expected, int found) {
    return new TopicDrift(
        topic.name(),
        COPIES,
        Integer.toString(expected),
        Integer.toString(found),
        Severity.WARNS,
        "the loss of one broker may lose messages or stop their taking;"
            + " add copies with kafka-reassign-partitions");
  }

  static TopicDrift deleted(Topic topic, int partition, long first) {
    return new TopicDrift(
        topic.name(),
        "log start of partition " + partition,
        "0",
        Long.toString(first),
        Severity.DELETES,
        "the messages before it are gone from the log, which is the only truth, and no 'rebuild'"
            + " brings them back; see why (retention, kafka-delete-records)");
  }

  static TopicDrift setting(Topic topic, String name, String expected, String found) {
    return switch (name) {
      case "cleanup.policy", "message.timestamp.type" ->
          setting(topic, name, expected, found, Severity.STOPS, alter(topic, name, expected));
      case "retention.ms", "retention.bytes" ->
          setting(
              topic,
              name,
              expected,
              found,
              expected.equals("-1") ? Severity.DELETES : Severity.WARNS,
              expected.equals("-1")
                  ? "messages are being DELETED from the log, which is the only truth; "
                      + alter(topic, name, expected)
                  : alter(topic, name, expected));
      case "min.insync.replicas" ->
          setting(
              topic,
              name,
              expected,
              found,
              Severity.WARNS,
              "an ack stands for fewer copies than it could; " + alter(topic, name, expected));
      default ->
          setting(topic, name, expected, found, Severity.WARNS, alter(topic, name, expected));
    };
  }

  private static TopicDrift setting(
      Topic topic, String name, String expected, String found, Severity severity, String remedy) {
    return new TopicDrift(topic.name(), name, expected, found, severity, remedy);
  }

  private static String alter(Topic topic, String name, String expected) {
    return "set it back: kafka-configs --alter --topic "
        + topic.name()
        + " --add-config '"
        + name
        + "="
        + (expected.indexOf(',') < 0 ? expected : "[" + expected + "]")
        + "'";
  }

  /** One line with the topic, the expected and the found value, and the remedy. */
  public String message() {
    return topic + ": " + subject + " expected " + expected + ", found " + found + "; " + remedy;
  }
}
