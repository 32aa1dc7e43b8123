package im.linnet.log.follow;

import im.linnet.log.KafkaClients;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a fixed part of the log once, committed records only: each partition from one offset up to
 * another. Made, used and closed by one thread.
 */
public final class LogScan implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Longer than a transaction that was left open can hold a partition up. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private long movedNanos = System.nanoTime();

  /**
   * Some records, in the order of each partition.
   *
   * @param records may be empty where only transaction markers were passed
   * @param next per partition that moved the offset where the scan goes on
   */
  public record Batch(List<LogRecord> records, Map<LogPartition, Long> next) {
    public Batch {
      records = List.copyOf(records);
      next = Map.copyOf(next);
    }
  }

  /**
   * Opens a scan; connects with the first batch.
   *
   * @param name for logs and brokers
   * @param from per partition the first offset to read
   * @param to per partition the offset to stop before; one that {@code from} lacks is read from 0
   */
  public LogScan(
      KafkaSettings settings,
      String name,
      Map<LogPartition, Long> from,
      Map<LogPartition, Long> to) {
    this(KafkaClients.assigningConsumer(settings, "linnet-scan-" + name), from, to);
  }

  LogScan(
      Consumer<byte[], byte[]> consumer, Map<LogPartition, Long> from, Map<LogPartition, Long> to) {
    this.consumer = consumer;
    to.forEach(
        (partition, end) -> {
          long start = from.getOrDefault(partition, 0L);
          if (start < end) {
            TopicPartition kafka = new TopicPartition(partition.topic(), partition.partition());
            ends.put(kafka, end);
            positions.put(kafka, start);
          }
        });
    consumer.assign(ends.keySet());
    positions.forEach(consumer::seek);
  }

  /** Whether everything has been read. */
  public boolean isDone() {
    return ends.isEmpty();
  }

  /**
   * The next records; empty where none came within half a second.
   *
   * @throws LogUnavailableException if the log does not have what was asked for, Kafka refuses, or
   *     nothing came for 15 s
   */
  public Batch next() {
    if (isDone()) {
      return new Batch(List.of(), Map.of());
    }
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      List<LogRecord> records = new ArrayList<>(polled.count());
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
        if (end != null && record.offset() < end) {
          records.add(LogRecords.of(record));
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
      throw new LogUnavailableException("reading the log: " + e.getMessage(), e);
    }
  }

  private Map<LogPartition, Long> advance() {
    Map<LogPartition, Long> moved = new HashMap<>();
    for (TopicPartition partition : List.copyOf(ends.keySet())) {
      long end = ends.getOrDefault(partition, 0L);
      long position = Math.min(end, consumer.position(partition));
      if (position > positions.getOrDefault(partition, 0L)) {
        positions.put(partition, position);
        moved.put(new LogPartition(partition.topic(), partition.partition()), position);
      }
      if (position == end) {
        ends.remove(partition);
        consumer.pause(List.of(partition));
      }
    }
    return moved;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
