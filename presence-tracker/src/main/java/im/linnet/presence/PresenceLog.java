package im.linnet.presence;

import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.log.follow.LogScan;
import im.linnet.log.group.TransientFailureException;
import im.linnet.log.topics.LogOffsets;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads partitions of {@code im.presence.v1} from a known offset, or the beginning, to their end.
 */
final class PresenceLog {
  private final KafkaSettings kafka;
  private final LogOffsets offsets;
  private final String name;

  PresenceLog(KafkaSettings kafka, LogOffsets offsets, String name) {
    this.kafka = kafka;
    this.offsets = offsets;
    this.name = name;
  }

  /**
   * Hands over every committed record. Blocks; gives up if Kafka sends nothing for 15 s.
   *
   * @param known the next offset of each partition that was read before
   * @return per partition the offset up to which it has been read
   * @throws TransientFailureException if Kafka does not answer
   */
  Map<Integer, Long> read(
      Collection<Integer> partitions, Map<Integer, Long> known, Consumer<LogRecord> sink)
      throws TransientFailureException {
    List<LogPartition> places =
        partitions.stream().map(partition -> new LogPartition(Topic.PRESENCE, partition)).toList();
    try {
      Map<LogPartition, Long> ends = offsets.ends(places);
      Map<LogPartition, Long> from = new HashMap<>(offsets.starts(places));
      from.replaceAll(
          (place, start) -> Math.max(start, known.getOrDefault(place.partition(), start)));
      try (LogScan scan = new LogScan(kafka, name, from, ends)) {
        while (!scan.isDone()) {
          scan.next().records().forEach(sink);
        }
      }
      return ends.entrySet().stream()
          .collect(Collectors.toMap(end -> end.getKey().partition(), Map.Entry::getValue));
    } catch (LogUnavailableException e) {
      throw new TransientFailureException("restoring presence: " + e.getMessage(), e);
    }
  }
}
