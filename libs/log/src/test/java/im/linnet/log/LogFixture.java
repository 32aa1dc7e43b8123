package im.linnet.log;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.follow.FollowFrom;
import im.linnet.log.follow.TopicFollower;
import im.linnet.log.publish.Appended;
import im.linnet.log.publish.KafkaPublisher;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.log.publish.TopicShapes;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A broker with our topics, and what the tests here say to it. */
public final class LogFixture implements AutoCloseable {
  public static final TopicCatalogue CATALOGUE = new TopicCatalogue(4, 4, 4);
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  public final TestBroker broker = TestBroker.start(CATALOGUE);
  public final KafkaSettings settings = KafkaSettings.of(broker.bootstrapServers());
  public final TopicAdmin admin = TopicAdmin.open(settings);
  public final KafkaPublisher publisher =
      new KafkaPublisher(settings, CATALOGUE, "fixture", Clock.systemUTC());

  public LogFixture() {
    publisher.start();
  }

  public static OutgoingRecord record(String topic, String key, String value) {
    return new OutgoingRecord(
        topic, key, value.getBytes(StandardCharsets.UTF_8), "message", value, "/test", null);
  }

  public CompletableFuture<Appended> publish(String topic, String key, String value) {
    return publisher.publish(record(topic, key, value));
  }

  /** Publishes the numbers from 0, all with one key. */
  public void publishNumbers(String topic, String key, int from, int to) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[to - from];
    for (int i = from; i < to; i++) {
      all[i - from] = publish(topic, key, Integer.toString(i));
    }
    done(CompletableFuture.allOf(all));
  }

  /** All committed values of a topic, each partition in its order. */
  public List<String> values(String topic) {
    List<LogPartition> partitions = partitions(topic);
    List<String> values = new CopyOnWriteArrayList<>();
    try (TopicFollower follower =
        new TopicFollower(
            settings,
            admin.offsets(),
            "values",
            partitions,
            new FollowFrom.Earliest(),
            record -> values.add(text(record)))) {
      follower.start();
      done(follower.caughtUp());
      assertThat(follower.check()).isEmpty();
    }
    return values;
  }

  public static List<LogPartition> partitions(String topic) {
    return LogPartition.all(topic, new TopicShapes(CATALOGUE).of(topic).partitions());
  }

  public static String text(LogRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  public static <T> T done(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not done: " + e, e);
    }
  }

  public Admin kafka() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @Override
  public void close() {
    publisher.close(Duration.ofSeconds(2));
    admin.close();
    broker.close();
  }
}
