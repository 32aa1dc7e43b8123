package im.linnet.log.follow;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.LogFixture;
import im.linnet.log.LogPartition;
import im.linnet.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TopicFollowerTest {
  private static final LogPartition PARTITION = new LogPartition(Topic.EDGE, 0);
  private static final TopicPartition KAFKAS = new TopicPartition(Topic.EDGE, 0);

  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void goesOnWhenABrokersNameCouldNotBeResolvedForAWhile() {
    try (TopicFollower follower =
        new TopicFollower(
            this::consumer,
            partitions -> CompletableFuture.completedFuture(Map.of(PARTITION, 1L)),
            "test",
            List.of(PARTITION),
            new FollowFrom.Earliest(),
            record -> seen.add(LogFixture.text(record)))) {
      follower.start();
      LogFixture.done(follower.caughtUp());
      assertThat(seen).containsExactly("here");
      assertThat(follower.check()).isEmpty();
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void aCloseDoesNotWaitForTheEndsOfTheLog() {
    asked.set(2);
    CompletableFuture<Map<LogPartition, Long>> ends = new CompletableFuture<>();
    CompletableFuture<Void> waits = new CompletableFuture<>();
    TopicFollower follower =
        new TopicFollower(
            this::consumer,
            partitions -> {
              waits.complete(null);
              return ends;
            },
            "test",
            List.of(PARTITION),
            new FollowFrom.Earliest(),
            record -> seen.add(LogFixture.text(record)));
    follower.start();
    LogFixture.done(waits);
    follower.close();
    assertThat(ends).isCancelled();
    assertThat(seen).isEmpty();
  }

  /** What a consumer does whose brokers' names are unknown, at its making and then at a poll. */
  private Consumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updateBeginningOffsets(Map.of(KAFKAS, 0L));
    switch (asked.incrementAndGet()) {
      case 1 -> consumer.setPollException(new KafkaException("lost"));
      case 2 ->
          throw new KafkaException(
              "Failed to construct kafka consumer",
              new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));
      default ->
          consumer.schedulePollTask(
              () ->
                  consumer.addRecord(
                      new ConsumerRecord<>(
                          Topic.EDGE, 0, 0, null, "here".getBytes(StandardCharsets.UTF_8))));
    }
    return consumer;
  }
}
