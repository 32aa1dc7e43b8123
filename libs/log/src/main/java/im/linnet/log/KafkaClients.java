package im.linnet.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * The one place where Kafka clients are configured. There are three layers, and the later one wins:
 * our defaults, the settings of the operator, the settings that a guarantee needs. Public for the
 * packages of this module; no type of Kafka leaves the module.
 */
public final class KafkaClients {
  /** How long a request may take before it is sent again. */
  public static final int REQUEST_TIMEOUT_MS = 5_000;

  /** After this time a record without an acknowledgement is given up. */
  public static final int DELIVERY_TIMEOUT_MS = 15_000;

  /** The bound of each blocking call of a transactional producer. */
  public static final int TRANSACTION_BLOCK_MS = 15_000;

  /** A transaction that is open longer is aborted by the broker. */
  public static final int TRANSACTION_TIMEOUT_MS = 5_000;

  /**
   * The pace of a group's member.
   *
   * @param sessionTimeoutMillis a member counts as dead this long after its last heartbeat
   * @param heartbeatMillis the time between two heartbeats; the others learn of a death within this
   *     time
   * @param gatherBytes a broker answers a fetch once it has this many bytes (compressed)
   * @param gatherMillis or after that time
   */
  public record GroupPace(
      int sessionTimeoutMillis, int heartbeatMillis, int gatherBytes, int gatherMillis) {
    /** The session timeout of {@link #gathering}. */
    public static final int PATIENT_SESSION_MS = 10_000;

    private static final int WORTHWHILE_BYTES = 16 << 10;

    /**
     * For work that may wait some seconds after a death, and some milliseconds at any time. Each
     * batch of it is expensive, whatever its size. Without the wait, batches would be as small as
     * those of the producers.
     *
     * @param millis how long a batch is gathered that is not worthwhile by its size; 0: not at all
     */
    public static GroupPace gathering(int millis) {
      return new GroupPace(PATIENT_SESSION_MS, 2_000, millis == 0 ? 1 : WORTHWHILE_BYTES, millis);
    }

    /**
     * For work that people wait for. A death is noticed as soon as brokers allow by default ({@code
     * group.min.session.timeout.ms}). The others learn of it half a second later at most.
     */
    public static final GroupPace PROMPT = new GroupPace(6_000, 500, 1, 500);
  }

  private static final List<String> FILES =
      List.of("ssl.truststore.location", "ssl.keystore.location");

  private static final String ONE_YEAR_MS = Long.toString(365L * 24 * 3_600_000);

  private KafkaClients() {}

  /** A client for topics, groups and offsets. */
  public static Admin admin(KafkaSettings settings, String clientId) {
    Map<String, Object> ours = common(clientId);
    ours.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
    ours.put("default.api.timeout.ms", 10_000);
    return Admin.create(merged(ours, settings, Map.of()));
  }

  /** An idempotent producer whose {@code send} never waits. */
  public static Producer<byte[], byte[]> producer(KafkaSettings settings, String clientId) {
    Map<String, Object> ours = producing(clientId);
    Map<String, Object> fixed = durable();
    fixed.put("max.block.ms", 0);
    fixed.put("delivery.timeout.ms", DELIVERY_TIMEOUT_MS);
    return new KafkaProducer<>(
        merged(ours, settings, fixed), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A producer of records that may be lost, but not late or twice: one attempt, acknowledged by the
   * leader alone. Its {@code send} never waits.
   */
  public static Producer<byte[], byte[]> signalProducer(KafkaSettings settings, String clientId) {
    Map<String, Object> ours = producing(clientId);
    ours.put("buffer.memory", 4L << 20);
    ours.put("linger.ms", 0);
    Map<String, Object> fixed = new HashMap<>();
    fixed.put("acks", "1");
    fixed.put("enable.idempotence", false);
    fixed.put("retries", 0);
    fixed.put("max.block.ms", 0);
    fixed.put("delivery.timeout.ms", REQUEST_TIMEOUT_MS);
    return new KafkaProducer<>(
        merged(ours, settings, fixed), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A transactional producer whose calls wait at most {@link #TRANSACTION_BLOCK_MS}. */
  public static Producer<byte[], byte[]> transactionalProducer(
      KafkaSettings settings, String transactionalId) {
    Map<String, Object> ours = producing(transactionalId);
    ours.put("linger.ms", 0);
    ours.put("request.timeout.ms", 3_000);
    ours.put("delivery.timeout.ms", TRANSACTION_TIMEOUT_MS);
    Map<String, Object> fixed = durable();
    fixed.put("max.block.ms", TRANSACTION_BLOCK_MS);
    fixed.put("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS);
    fixed.put("transactional.id", transactionalId);
    return new KafkaProducer<>(
        merged(ours, settings, fixed), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A consumer without a group, for {@code assign()}. It reads committed records only, and only
   * from positions that its owner seeks.
   */
  public static Consumer<byte[], byte[]> assigningConsumer(
      KafkaSettings settings, String clientId) {
    Map<String, Object> fixed = reading();
    fixed.put("auto.offset.reset", "none");
    return new KafkaConsumer<>(
        merged(consuming(clientId), settings, fixed),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * Closes a consumer without a group, and does not wait. A close that waits returns the fetch
   * session once the brokers have answered the fetch under way; on a quiet log that takes half a
   * second. Brokers forget an unused session anyway.
   */
  public static void closeAtOnce(Consumer<byte[], byte[]> assigning) {
    assigning.close(CloseOptions.timeout(Duration.ZERO));
  }

  /**
   * A member of a consumer group that commits only when told.
   *
   * @param instance the member's name, unique in the group; a second member of that name takes the
   *     place of the first, which stops
   * @param offsetReset {@code none} or {@code earliest}, for partitions without a position
   * @param pace its pace
   */
  public static Consumer<byte[], byte[]> groupConsumer(
      KafkaSettings settings,
      String group,
      String instance,
      String offsetReset,
      int batchRecords,
      GroupPace pace) {
    Map<String, Object> ours = consuming(memberName(group, instance));
    ours.put("session.timeout.ms", pace.sessionTimeoutMillis());
    ours.put("heartbeat.interval.ms", pace.heartbeatMillis());
    ours.put("fetch.min.bytes", pace.gatherBytes());
    ours.put("fetch.max.wait.ms", pace.gatherMillis());
    ours.put("max.poll.interval.ms", 120_000);
    ours.put("max.poll.records", batchRecords);
    Map<String, Object> fixed = reading();
    fixed.put("group.id", group);
    fixed.put("group.instance.id", instance);
    fixed.put("group.protocol", "classic");
    // Only partitions that move are revoked. So a new member does not stop the others.
    fixed.put(
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    fixed.put("auto.offset.reset", offsetReset);
    return new KafkaConsumer<>(
        merged(ours, settings, fixed), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The client id of a group's member. The tools of brokers show it. */
  public static String memberName(String group, String instance) {
    return group + "-" + instance;
  }

  /**
   * Checks the operator's settings by Kafka's own rules, for every kind of client. It reads the
   * files that the settings name, and opens no connection.
   *
   * @throws IllegalArgumentException if one cannot be used; the message is one line that names it
   */
  public static void requireUsable(KafkaSettings settings) {
    requireFiles(settings);
    Map<String, Object> serializing = merged(producing("check"), settings, durable());
    serializing.put("key.serializer", ByteArraySerializer.class);
    serializing.put("value.serializer", ByteArraySerializer.class);
    Map<String, Object> deserializing = merged(consuming("check"), settings, reading());
    deserializing.put("key.deserializer", ByteArrayDeserializer.class);
    deserializing.put("value.deserializer", ByteArrayDeserializer.class);
    try {
      ProducerConfig producing = new ProducerConfig(serializing);
      var unusedConsumer = new ConsumerConfig(deserializing);
      var unusedAdmin = new AdminClientConfig(merged(common("check"), settings, Map.of()));
      if (logsInAlone(producing)) {
        ClientUtils.createChannelBuilder(producing, Time.SYSTEM, new LogContext()).close();
      }
    } catch (KafkaException e) {
      throw new IllegalArgumentException("Kafka's clients refuse a setting: " + reason(e), e);
    }
  }

  /** Kafka's own message about a missing file speaks of key stores and their times. */
  private static void requireFiles(KafkaSettings settings) {
    for (String name : FILES) {
      String file = settings.client().get(name);
      if (file != null
          && !(Files.isRegularFile(Path.of(file)) && Files.isReadable(Path.of(file)))) {
        throw new IllegalArgumentException(
            name + ": '" + file + "' is not a file that can be read");
      }
    }
  }

  /** Whether the settings of security can be checked without a server. */
  private static boolean logsInAlone(ProducerConfig config) {
    String mechanism = config.getString("sasl.mechanism");
    return !config.getString("security.protocol").startsWith("SASL")
        || mechanism.equals("PLAIN")
        || mechanism.startsWith("SCRAM");
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }

  private static Map<String, Object> common(String clientId) {
    Map<String, Object> ours = new HashMap<>();
    ours.put("client.id", clientId);
    ours.put("enable.metrics.push", false);
    ours.put("reconnect.backoff.ms", 50);
    ours.put("reconnect.backoff.max.ms", 1_000);
    ours.put("retry.backoff.ms", 50);
    ours.put("retry.backoff.max.ms", 1_000);
    return ours;
  }

  private static Map<String, Object> producing(String clientId) {
    Map<String, Object> ours = common(clientId);
    ours.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
    ours.put("compression.type", "lz4");
    ours.put("linger.ms", 1);
    ours.put("batch.size", 32 << 10);
    ours.put("buffer.memory", 64L << 20);
    // A producer must still know a topic to which it has not written for a while.
    ours.put("metadata.max.idle.ms", ONE_YEAR_MS);
    return ours;
  }

  private static Map<String, Object> consuming(String clientId) {
    Map<String, Object> ours = common(clientId);
    ours.put("request.timeout.ms", 2 * REQUEST_TIMEOUT_MS);
    ours.put("default.api.timeout.ms", 10_000);
    ours.put("max.poll.records", 2_000);
    ours.put("fetch.max.bytes", 8 << 20);
    ours.put("max.partition.fetch.bytes", 1 << 20);
    ours.put("fetch.max.wait.ms", 500);
    return ours;
  }

  /**
   * The settings that two guarantees need: an ack means durable, and order is kept. There is one
   * request at a time for each broker. A partition that does not know a producer takes any sequence
   * number as the first. So if the first request finds no leader and the second does, the second is
   * appended and the first is refused for good. More requests would save only the time on the way:
   * a broker works on one request of a connection at a time.
   */
  public static Map<String, Object> durable() {
    Map<String, Object> fixed = new HashMap<>();
    fixed.put("acks", "all");
    fixed.put("enable.idempotence", true);
    fixed.put("max.in.flight.requests.per.connection", 1);
    return fixed;
  }

  private static Map<String, Object> reading() {
    Map<String, Object> fixed = new HashMap<>();
    fixed.put("isolation.level", "read_committed");
    fixed.put("enable.auto.commit", false);
    fixed.put("allow.auto.create.topics", false);
    return fixed;
  }

  private static Map<String, Object> merged(
      Map<String, Object> ours, KafkaSettings settings, Map<String, Object> fixed) {
    Map<String, Object> merged = new HashMap<>(ours);
    merged.putAll(settings.client());
    merged.put("bootstrap.servers", settings.bootstrapServers());
    merged.putAll(fixed);
    return merged;
  }
}
