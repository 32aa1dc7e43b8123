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
 * Compares a topic of the cluster with the catalogue. Pure.
 *
 * <p>An operator sets the number of copies, not the catalogue. For a topic that is kept for ever,
 * an ack must outlive the loss of a broker, and writes must go on meanwhile. This takes two copies
 * in sync of three, or as many copies as there are brokers.
 *
 * @param brokers the number of brokers in the cluster now
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

  /** Kafka takes lists as sets: {@code delete,compact} equals {@code compact,delete}. */
  private static boolean sameValue(String expected, String found) {
    return expected.equals(found)
        || Set.copyOf(List.of(expected.split(","))).equals(Set.copyOf(List.of(found.split(","))));
  }
}
