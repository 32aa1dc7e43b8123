package im.linnet.log.follow;

import im.linnet.log.Batch;
import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaPartitions;
import im.linnet.log.KafkaSettings;
import im.linnet.log.LogPartition;
import im.linnet.log.LogRecords;
import im.linnet.log.LogUnavailableException;
import im.linnet.schemas.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a fixed part of the log once, each partition from one offset up to another. It reads
 * committed records only. For one thread.
 */
public final class LogScan implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** An abandoned transaction can hold up a partition for less than this time. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<LogPartition, Long> starts = new HashMap<>();
  private final Map<LogPartition, Long> ends = new HashMap<>();
  private final Map<LogPartition, Long> positions = new HashMap<>();
  private long movedNanos = System.nanoTime();

  /**
   * Opens a scan; connects with the first batch.
   *
   * @param name for logs and brokers
   * @param from per partition the first offset to read
   * @param to per partition the offset to stop before; a partition that {@code from} lacks is read
   *     from 0
   */
  public LogScan(
      KafkaSettings settings,
      String name,
      Map<LogPartition, Long> from,
      Map<LogPartition, Long> to) {
    this.consumer = KafkaClients.assigningConsumer(settings, "linnet-scan-" + name);
    to.forEach(
        (partition, end) -> {
          long start = from.getOrDefault(partition, 0L);
          if (start < end) {
            starts.put(partition, start);
            ends.put(partition, end);
          }
        });
    consumer.assign(KafkaPartitions.of(ends.keySet()));
    starts.forEach(this::goOnAt);
  }

  private void goOnAt(LogPartition partition, long offset) {
    TopicPartition kafka = KafkaPartitions.of(partition);
    positions.put(partition, offset);
    consumer.seek(kafka, offset);
    consumer.resume(List.of(kafka));
  }

  /** Whether everything has been read. */
  public boolean isDone() {
    return positions.isEmpty();
  }

  /**
   * Goes back in a partition that is still to be read: to the first record that is not older than
   * that time, or to the begin of the scan if that lies further back.
   *
   * @param millis ms since the epoch
   * @throws LogUnavailableException if Kafka refuses or does not answer
   */
  public void goBack(LogPartition partition, long millis) {
    TopicPartition kafka = KafkaPartitions.of(partition);
    long start = starts.getOrDefault(partition, 0L);
    try {
      OffsetAndTimestamp found =
          consumer.offsetsForTimes(Map.of(kafka, Math.max(0, millis))).get(kafka);
      goOnAt(partition, found == null ? start : Math.min(start, found.offset()));
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  /**
   * The next records; empty if none came within half a second.
   *
   * @throws LogUnavailableException if the log does not have what was asked for, Kafka refuses, or
   *     nothing came for 15 s
   */
  public Batch next() {
    if (isDone()) {
      return Batch.EMPTY;
    }
    try {
      List<LogRecord> records = new ArrayList<>();
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      for (TopicPartition kafka : polled.partitions()) {
        long end = end(KafkaPartitions.ours(kafka));
        for (ConsumerRecord<byte[], byte[]> record : polled.records(kafka)) {
          if (record.offset() < end) {
            records.add(LogRecords.of(record));
          }
        }
      }
      Map<LogPartition, Long> moved = advance();
      if (!moved.isEmpty()) {
        movedNanos = System.nanoTime();
      } else if (System.nanoTime() - movedNanos > PATIENCE.toNanos()) {
        throw new LogUnavailableException(
            "reading the log: nothing came for " + PATIENCE, new TimeoutException());
      }
      return new Batch(records, moved);
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private Map<LogPartition, Long> advance() {
    Map<LogPartition, Long> moved = new HashMap<>();
    for (Map.Entry<LogPartition, Long> each : Map.copyOf(positions).entrySet()) {
      LogPartition partition = each.getKey();
      TopicPartition kafka = KafkaPartitions.of(partition);
      long position = Math.min(end(partition), consumer.position(kafka));
      if (position > each.getValue()) {
        positions.put(partition, position);
        moved.put(partition, position);
      }
      if (position == end(partition)) {
        positions.remove(partition);
        consumer.pause(List.of(kafka));
      }
    }
    return moved;
  }

  private long end(LogPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }

  private static LogUnavailableException failed(KafkaException e) {
    return new LogUnavailableException("reading the log: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    KafkaClients.closeAtOnce(consumer);
  }
}
