package im.linnet.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a run's processes send to the broker, as Kafka's own meters count them: by kind
 * at the broker, by client id at the clients. Read from other JVMs by their management agents.
 */
final class KafkaRequests implements AutoCloseable {
  /** Kafka counts each fetch under this name and once more as that of a consumer or a follower. */
  private static final String ANY_FETCH = "Fetch";

  private final List<JvmBeans> processes = new ArrayList<>();

  private KafkaRequests() {}

  /**
   * Connects to processes, which must be JVMs.
   *
   * @throws IOException if one of them cannot be asked
   */
  static KafkaRequests of(Iterable<Long> pids) throws IOException {
    KafkaRequests requests = new KafkaRequests();
    try {
      for (long pid : pids) {
        requests.processes.add(JvmBeans.of(pid));
      }
      return requests;
    } catch (IOException e) {
      requests.close();
      throw e;
    }
  }

  /** How many requests of each kind the broker has taken. */
  Map<String, Long> byKind() throws IOException {
    Map<String, Long> counts =
        sum("kafka.network:type=RequestMetrics,name=RequestsPerSec,*", "request", "Count");
    counts.remove(ANY_FETCH);
    return counts;
  }

  /** How many requests each client has sent. */
  Map<String, Long> byClient() throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (String bean :
        List.of(
            "kafka.producer:type=producer-metrics,*",
            "kafka.consumer:type=consumer-metrics,*",
            "kafka.admin.client:type=admin-client-metrics,*")) {
      sum(bean, "client-id", "request-total")
          .forEach((id, each) -> counts.merge(id, each, Long::sum));
    }
    return counts;
  }

  private Map<String, Long> sum(String pattern, String property, String attribute)
      throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (JvmBeans process : processes) {
      for (ObjectName name : process.beans().queryNames(named(pattern), null)) {
        String key = name.getKeyProperty(property);
        if (key != null) {
          counts.merge(unquoted(key), number(process.beans(), name, attribute), Long::sum);
        }
      }
    }
    return counts;
  }

  private static long number(MBeanServerConnection process, ObjectName name, String attribute)
      throws IOException {
    try {
      @Nullable Object value = process.getAttribute(name, attribute);
      return value instanceof Number number ? number.longValue() : 0;
    } catch (JMException e) {
      // The client has closed meanwhile.
      return 0;
    }
  }

  private static ObjectName named(String pattern) {
    try {
      return new ObjectName(pattern);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(pattern, e);
    }
  }

  private static String unquoted(String key) {
    return key.startsWith("\"") ? ObjectName.unquote(key) : key;
  }

  @Override
  public void close() throws IOException {
    for (JvmBeans process : processes) {
      process.close();
    }
  }
}
