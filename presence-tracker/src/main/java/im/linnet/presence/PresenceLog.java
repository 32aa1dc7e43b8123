package im.linnet.presence;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogScan;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.TopicAdmin;
import im.linnet.log.TransientFailureException;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads partitions of {@code im.presence.v1} from their start to their end. */
final class PresenceLog {
  private final KafkaSettings kafka;
  private final TopicAdmin admin;
  private final String name;

  PresenceLog(KafkaSettings kafka, TopicAdmin admin, String name) {
    this.kafka = kafka;
    this.admin = admin;
    this.name = name;
  }

  /**
   * Hands over every committed record. Blocks; gives up where nothing comes for 15 s.
   *
   * @throws TransientFailureException if Kafka does not answer
   */
  void read(Collection<Integer> partitions, Consumer<LogRecord> sink)
      throws TransientFailureException {
    List<LogPartition> places =
        partitions.stream().map(partition -> new LogPartition(Topic.PRESENCE, partition)).toList();
    try {
      Map<LogPartition, Long> ends = admin.endOffsets(places);
      try (LogScan scan = new LogScan(kafka, name, admin.startOffsets(places), ends)) {
        while (!scan.isDone()) {
          scan.next().records().forEach(sink);
        }
      }
    } catch (LogUnavailableException e) {
      throw new TransientFailureException("restoring presence: " + e.getMessage(), e);
    }
  }
}
