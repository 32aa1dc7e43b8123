package im.linnet.cli.node;

import im.linnet.log.topics.TopicAdmin;
import im.linnet.log.topics.TopicDrift;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;

/** The topic catalogue of a cluster: the given one, or that of the existing topics. */
public final class Topics {
  private Topics() {}

  /**
   * The catalogue to use. Partition counts are fixed at creation. So if the operator names none,
   * those of the existing topics count. The check after this finds topics that do not fit together.
   *
   * @param given the partition counts that the operator named
   * @param fresh the partition counts of new topics
   */
  public static TopicCatalogue catalogue(
      TopicAdmin admin, Optional<TopicCatalogue> given, TopicCatalogue fresh) {
    return given.orElseGet(() -> existing(admin.check(fresh), fresh));
  }

  private static TopicCatalogue existing(List<TopicDrift> drifts, TopicCatalogue fresh) {
    return new TopicCatalogue(
        count(drifts, Topic.P2P, fresh.partitions(Stream.P2P)),
        count(drifts, Topic.TOPIC, fresh.partitions(Stream.TOPIC)),
        count(drifts, Topic.COMMAND, fresh.commands()));
  }

  private static int count(List<TopicDrift> drifts, String topic, int expected) {
    return drifts.stream()
        .filter(drift -> drift.topic().equals(topic))
        .filter(drift -> drift.subject().equals(TopicDrift.PARTITIONS))
        .map(drift -> Integer.parseInt(drift.found()))
        .findFirst()
        .orElse(expected);
  }
}
