package im.linnet.log.publish;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * The figures of Kafka about the present producer that are useful to an operator. Kafka has
 * hundreds, some for each topic and broker. Guarded by its owner.
 */
final class ProducerMeters {
  private static final String PREFIX = "kafka.producer.";
  private static final Set<String> SHOWN =
      Set.of(
          "kafka.producer.record.send.total",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.record.queue.time.avg",
          "kafka.producer.record.queue.time.max",
          "kafka.producer.request.latency.avg",
          "kafka.producer.request.latency.max",
          "kafka.producer.requests.in.flight",
          "kafka.producer.buffer.available.bytes",
          "kafka.producer.buffer.total.bytes");

  /** Shows only {@link #SHOWN}. */
  static final MeterFilter FILTER =
      new MeterFilter() {
        @Override
        public MeterFilterReply accept(Meter.Id id) {
          boolean ours = id.getName().startsWith(PREFIX);
          boolean shown =
              SHOWN.contains(id.getName())
                  && id.getTag("topic") == null
                  && id.getTag("node.id") == null;
          boolean spare = (ours && !shown) || id.getName().startsWith("kafka.app.info");
          return spare ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }
      };

  private @Nullable MeterRegistry registry;
  private @Nullable KafkaClientMetrics shown;

  /** Shows the present producer and later ones in that registry. */
  void bindTo(MeterRegistry target, @Nullable Producer<byte[], byte[]> producer) {
    registry = target;
    if (producer != null) {
      of(producer);
    }
  }

  /** Shows that producer from now on. */
  void of(Producer<byte[], byte[]> producer) {
    close();
    if (registry != null) {
      KafkaClientMetrics fresh = new KafkaClientMetrics(producer);
      fresh.bindTo(registry);
      shown = fresh;
    }
  }

  /** Shows no producer. */
  void close() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }
}
