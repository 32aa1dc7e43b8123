package im.linnet.cli.node;

import im.linnet.log.topics.TopicAdmin;
import im.linnet.log.topics.TopicDrift;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;

/** The topic catalogue of a cluster: as given, or as the topics that exist say. */
public final class Topics {
  private Topics() {}

  /**
   * The catalogue to go by. Partition counts are fixed at creation, so where the operator names
   * none, what exists counts; the check after this then finds topics that do not fit together.
   *
   * @param given what the operator named
   * @param fresh what topics get that do not exist yet
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
