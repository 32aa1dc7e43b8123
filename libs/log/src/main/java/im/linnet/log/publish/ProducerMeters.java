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
 * Kafka's own figures of the producer that is in use, as far as an operator has a use for them.
 * Kafka has hundreds, some for each topic and broker. Guarded by its owner.
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

  /** Of all that Kafka shows, only {@link #SHOWN}. */
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

  /** Shows there what there is now, and what comes. */
  void bindTo(MeterRegistry target, @Nullable Producer<byte[], byte[]> producer) {
    registry = target;
    if (producer != null) {
      of(producer);
    }
  }

  /** That one is in use now. */
  void of(Producer<byte[], byte[]> producer) {
    close();
    if (registry != null) {
      KafkaClientMetrics fresh = new KafkaClientMetrics(producer);
      fresh.bindTo(registry);
      shown = fresh;
    }
  }

  /** None is in use. */
  void close() {
    if (shown != null) {
      shown.close();
      shown = null;
    }
  }
}
