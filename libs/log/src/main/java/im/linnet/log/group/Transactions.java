package im.linnet.log.group;

import im.linnet.log.KafkaClients;
import im.linnet.log.KafkaPartitions;
import im.linnet.log.LogPartition;
import im.linnet.log.publish.CloudEventHeaders;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.TopicShapes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * A transactional producer with one stable id. After a failure its owner closes it and opens it
 * again. The opening ends a transaction that the id has left open. Owned by one thread; every call
 * blocks for some 15 s at most.
 */
final class Transactions {
  private static final Duration RIVAL_WINDOW = Duration.ofMinutes(1);

  private final Supplier<Producer<byte[], byte[]>> factory;
  private final TopicShapes shapes;
  private final CloudEventHeaders headers = new CloudEventHeaders();
  private @Nullable Producer<byte[], byte[]> producer;
  private long begunNanos;
  private boolean invalidBefore;
  private long invalidNanos;

  Transactions(Supplier<Producer<byte[], byte[]>> factory, TopicShapes shapes) {
    this.factory = factory;
    this.shapes = shapes;
  }

  /**
   * Takes the id, and fences another owner of it.
   *
   * @throws KafkaException if Kafka does not answer in time
   */
  void open() {
    close(Duration.ZERO);
    Producer<byte[], byte[]> opened = factory.get();
    producer = opened;
    begunNanos = System.nanoTime();
    opened.initTransactions();
  }

  /**
   * Commits the records and the group's offsets in one transaction. With the offsets Kafka also
   * checks that this member still owns the partitions. So there are always offsets.
   *
   * @param nowMillis for {@code ce_time}
   * @throws KafkaException if it was not committed, or if nobody knows
   */
  void commit(
      List<OutgoingRecord> records,
      Map<LogPartition, Long> next,
      ConsumerGroupMetadata group,
      long nowMillis) {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      throw new IllegalStateException("no transactional producer");
    }
    begunNanos = System.nanoTime();
    open.beginTransaction();
    for (OutgoingRecord record : records) {
      // A failure here also fails the commit.
      var unused = open.send(kafka(record, nowMillis));
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach(
        (partition, offset) ->
            offsets.put(KafkaPartitions.of(partition), new OffsetAndMetadata(offset)));
    open.sendOffsetsToTransaction(offsets, group);
    open.commitTransaction();
  }

  /**
   * The exception that must stop this process; empty if another try may help. It is an {@link
   * InstanceInUseException} if another process has the id. A broker itself fences a transaction
   * that was open for too long; this does not mean another process. An invalid state may come from
   * another process or from a restarted broker: the second one within a minute counts as another
   * process.
   */
  Optional<RuntimeException> fatal(KafkaException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof AuthorizationException
          || each instanceof UnsupportedVersionException
          || each instanceof InvalidConfigurationException
          || each instanceof SerializationException) {
        return Optional.of(failure);
      }
      if (each instanceof FencedInstanceIdException) {
        return Optional.of(InstanceInUseException.replaced());
      }
      if (each instanceof ProducerFencedException
          || each instanceof InvalidProducerEpochException) {
        return rival(
            System.nanoTime() - begunNanos
                < Duration.ofMillis(KafkaClients.TRANSACTION_TIMEOUT_MS).toNanos());
      }
      if (each instanceof InvalidTxnStateException) {
        long now = System.nanoTime();
        boolean again = invalidBefore && now - invalidNanos < RIVAL_WINDOW.toNanos();
        invalidBefore = true;
        invalidNanos = now;
        return rival(again);
      }
    }
    return Optional.empty();
  }

  private static Optional<RuntimeException> rival(boolean sure) {
    return sure ? Optional.of(InstanceInUseException.replaced()) : Optional.empty();
  }

  void close(Duration timeout) {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open != null) {
      open.close(timeout);
    }
  }

  private ProducerRecord<byte[], byte[]> kafka(OutgoingRecord record, long nowMillis) {
    byte[] key = TopicShapes.keyBytes(record.key());
    return new ProducerRecord<>(
        record.topic(),
        shapes.of(record.topic()).partition(key),
        nowMillis,
        key,
        record.value(),
        headers.of(record, nowMillis));
  }
}
