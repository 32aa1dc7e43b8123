package im.linnet.log.topics;

import im.linnet.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * How a topic of the cluster differs from the catalogue's. Pure.
 *
 * <p>The catalogue does not say how many copies there are, an operator does. What is asked for is
 * that an ack of a topic that is kept for ever outlives the loss of a broker and that writes go on
 * meanwhile: two copies in sync of three, or as many as there are brokers.
 *
 * @param brokers how many brokers are in the cluster now
 */
record TopicComparison(int brokers) {
  private static final int COPIES = 3;
  private static final int IN_SYNC = 2;
  private static final String MIN_IN_SYNC = "min.insync.replicas";

  /** All differences of a topic that exists. */
  List<TopicDrift> drifts(
      Topic topic, int partitions, TopicDescription description, Config config) {
    List<TopicDrift> drifts = new ArrayList<>();
    int found = description.partitions().size();
    if (found != partitions) {
      drifts.add(TopicDrift.partitions(topic, partitions, found));
    }
    drifts.addAll(settings(topic, config));
    if ("-1".equals(topic.config().get("retention.ms"))) {
      drifts.addAll(copies(topic, description, config));
    }
    return drifts;
  }

  private static List<TopicDrift> settings(Topic topic, Config config) {
    List<TopicDrift> drifts = new ArrayList<>();
    topic.config().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            expected -> {
              String found = value(config, expected.getKey());
              if (!sameValue(expected.getValue(), found)) {
                drifts.add(
                    TopicDrift.setting(topic, expected.getKey(), expected.getValue(), found));
              }
            });
    return drifts;
  }

  private List<TopicDrift> copies(Topic topic, TopicDescription description, Config config) {
    List<TopicDrift> drifts = new ArrayList<>();
    int fewest =
        description.partitions().stream()
            .mapToInt(partition -> partition.replicas().size())
            .min()
            .orElse(0);
    int copies = Math.min(COPIES, brokers);
    if (fewest < copies) {
      drifts.add(TopicDrift.copies(topic, copies, fewest));
    }
    String found = value(config, MIN_IN_SYNC);
    int inSync = Math.min(IN_SYNC, brokers);
    if (!atLeast(inSync, found)) {
      drifts.add(TopicDrift.setting(topic, MIN_IN_SYNC, Integer.toString(inSync), found));
    }
    return drifts;
  }

  private static boolean atLeast(int least, String found) {
    try {
      return Integer.parseInt(found) >= least;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null ? "nothing" : String.valueOf(entry.value());
  }

  /** Lists are sets to Kafka: {@code delete,compact} is {@code compact,delete}. */
  private static boolean sameValue(String expected, String found) {
    return expected.equals(found)
        || Set.copyOf(List.of(expected.split(","))).equals(Set.copyOf(List.of(found.split(","))));
  }
}
