package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
  /** A change of any line here changes what clusters in use are checked against. */
  @Test
  void everyTopicIsPinned() {
    StringBuilder all = new StringBuilder();
    TopicCatalogue catalogue = new TopicCatalogue(64, 32, 16);
    for (Topic topic : TopicCatalogue.all()) {
      all.append(topic.name())
          .append(' ')
          .append(catalogue.partitions(topic))
          .append(' ')
          .append(new TreeMap<>(topic.config()))
          .append('\n');
    }
    String kept =
        "{cleanup.policy=delete, message.timestamp.type=LogAppendTime, retention.bytes=-1,"
            + " retention.ms=-1, unclean.leader.election.enable=false}";
    String dead = "{cleanup.policy=delete, retention.ms=2592000000}";
    assertThat(all.toString().lines())
        .containsExactly(
            "im.p2p.v1 64 " + kept,
            "im.mutual.v1 64 " + kept,
            "im.topic.v1 32 " + kept,
            "im.profile.v1 64 " + kept,
            "im.command.v1 16 " + kept,
            "im.signal.v1 64 {cleanup.policy=delete, retention.ms=3600000, segment.ms=600000}",
            "im.session.v1 64 {cleanup.policy=delete, message.timestamp.type=LogAppendTime,"
                + " retention.ms=86400000, segment.ms=3600000}",
            "im.edge.v1 1 {cleanup.policy=compact, message.timestamp.type=LogAppendTime,"
                + " segment.ms=600000}",
            "im.presence.v1 64 {cleanup.policy=compact, segment.ms=3600000}",
            "im.applied.v1 1 {cleanup.policy=compact,delete, retention.ms=86400000,"
                + " segment.ms=600000}",
            "im.p2p.v1.dlq 64 " + dead,
            "im.mutual.v1.dlq 64 " + dead,
            "im.topic.v1.dlq 32 " + dead,
            "im.profile.v1.dlq 64 " + dead);
  }

  @Test
  void partitionCountsHaveTheirDefaults() {
    assertThat(TopicCatalogue.DEFAULT).isEqualTo(new TopicCatalogue(64, 64, 64));
    assertThat(TopicCatalogue.EMBEDDED).isEqualTo(new TopicCatalogue(8, 8, 8));
  }

  @Test
  void aStreamHasItsTopicsCount() {
    TopicCatalogue catalogue = new TopicCatalogue(5, 6, 7);
    for (Topic topic : TopicCatalogue.all()) {
      Stream stream = Stream.ofTopic(topic.name());
      if (stream != null) {
        assertThat(catalogue.partitions(stream)).isEqualTo(catalogue.partitions(topic));
      }
    }
  }

  @Test
  void refusesATopicWithoutPartitions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicCatalogue(0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicCatalogue(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TopicCatalogue(1, 1, 0));
  }
}
