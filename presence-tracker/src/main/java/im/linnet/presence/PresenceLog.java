package im.linnet.presence;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogScan;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.TopicAdmin;
import im.linnet.log.TransientFailureException;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reads partitions of {@code im.presence.v1} from their start to their end. */
final class PresenceLog {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaSettings kafka;
  private final TopicAdmin admin;
  private final String name;
  private final LongSupplier monotonicMillis;

  PresenceLog(KafkaSettings kafka, TopicAdmin admin, String name, LongSupplier monotonicMillis) {
    this.kafka = kafka;
    this.admin = admin;
    this.name = name;
    this.monotonicMillis = monotonicMillis;
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
        long heardAt = monotonicMillis.getAsLong();
        while (!scan.isDone()) {
          LogScan.Batch batch = scan.next();
          batch.records().forEach(sink);
          long now = monotonicMillis.getAsLong();
          if (!batch.next().isEmpty()) {
            heardAt = now;
          } else if (now - heardAt > PATIENCE.toMillis()) {
            throw new TransientFailureException(
                "im.presence.v1 could not be read to its end",
                new LogUnavailableException(
                    "nothing came for " + PATIENCE, new TimeoutException()));
          }
        }
      }
    } catch (LogUnavailableException e) {
      throw new TransientFailureException("restoring presence: " + e.getMessage(), e);
    }
  }
}
