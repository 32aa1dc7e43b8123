package im.linnet.log.tail;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether Kafka still answers an idle consumer. Fetches come back several times a second,
 * empty or not, and the consumer counts them. So a question needs no request. Owned by the
 * consumer's thread.
 */
final class FetchWatch {
  private final Consumer<byte[], byte[]> consumer;
  private @Nullable Metric fetches;
  private double seen;

  FetchWatch(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Whether a fetch has come back since the last call. */
  boolean beats() {
    Metric metric = fetches == null ? find() : fetches;
    if (metric == null || !(metric.metricValue() instanceof Double now)) {
      return false;
    }
    fetches = metric;
    boolean beats = now > seen;
    seen = now;
    return beats;
  }

  private @Nullable Metric find() {
    for (Map.Entry<MetricName, ? extends Metric> each : consumer.metrics().entrySet()) {
      MetricName name = each.getKey();
      if (name.name().equals("fetch-total")
          && name.group().equals("consumer-fetch-manager-metrics")
          && !name.tags().containsKey("topic")) {
        return each.getValue();
      }
    }
    return null;
  }
}
