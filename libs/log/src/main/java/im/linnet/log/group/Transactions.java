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
 * A transactional producer with one stable id. After any failure its owner closes it and opens it
 * again: the opening ends whatever transaction the id had left, one way or the other. Owned by one
 * thread; every call blocks for some 15 s at most.
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
   * Takes the id, fencing whoever has it.
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
   * One transaction: the records, and the group's offsets. With the offsets Kafka also checks that
   * we are still the group's member who owns them, so there are always some.
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
      // What fails here fails the commit.
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
   * What stops this process where trying again would not help: not allowed, not possible, or, as an
   * {@link InstanceInUseException}, another process has our id. Empty where it may help. A
   * transaction that we left open for too long is fenced by the broker itself; that is no rival. An
   * invalid state may come from a rival or from a broker that restarted: the second one within a
   * minute is taken for a rival.
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
