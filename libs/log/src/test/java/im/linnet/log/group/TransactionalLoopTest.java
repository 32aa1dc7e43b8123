package im.linnet.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.log.LogFixture;
import im.linnet.log.publish.OutgoingRecord;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler with more to publish than one transaction takes. */
@Timeout(30)
class TransactionalLoopTest {
  private static final int STEPS = 4;
  private static final TopicPartition PARTITION = new TopicPartition(Topic.SESSION, 0);

  /** From the first step to the last one; written by the loop alone until {@link #done}. */
  private final List<String> turns = new ArrayList<>();

  private final CountDownLatch done = new CountDownLatch(1);

  private final FakeGroup consumer =
      new FakeGroup() {
        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
          if (!turns.isEmpty() && done.getCount() > 0) {
            turns.add("poll " + timeout);
          }
          return super.poll(timeout);
        }
      };

  /** Publishes one record in each of its steps. */
  private class Steps implements TransactionalHandler {
    private boolean begun;
    private int left = STEPS;

    Steps(boolean begun) {
      this.begun = begun;
    }

    @Override
    public void assigned(Set<Integer> partitions) {}

    @Override
    public void revoked(Set<Integer> partitions) {}

    @Override
    public List<OutgoingRecord> handle(List<LogRecord> records) {
      begun = true;
      return step("handle");
    }

    @Override
    public List<OutgoingRecord> tick(long nowMillis) {
      return begun ? step("tick") : List.of();
    }

    private List<OutgoingRecord> step(String turn) {
      if (left == 0) {
        return List.of();
      }
      turns.add(turn);
      left--;
      return List.of(LogFixture.record(Topic.EDGE, "e1", turn));
    }

    @Override
    public boolean hasMore() {
      return left > 0;
    }

    @Override
    public void committed() {
      if (left == 0) {
        done.countDown();
      }
    }
  }

  @BeforeEach
  void assign() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.give(List.of(PARTITION));
  }

  private void run(Steps handler) {
    try (TransactionalLoop loop =
        new TransactionalLoop(
            () -> consumer,
            () -> FakeGroup.producer(() -> {}),
            LogFixture.CATALOGUE,
            Topic.SESSION,
            handler,
            LoopListener.NONE,
            Clock.systemUTC(),
            new Random(1))) {
      loop.start();
      await().atMost(Duration.ofSeconds(10)).until(() -> done.getCount() == 0);
      assertThat(loop.check()).isEmpty();
    }
  }

  @Test
  void theRestOfATickFollowsWithoutAWait() {
    run(new Steps(true));
    assertThat(turns)
        .containsExactly("tick", "poll PT0S", "tick", "poll PT0S", "tick", "poll PT0S", "tick");
  }

  @Test
  void theRestOfTheAnswersToABatchFollowsWithoutAWait() {
    consumer.schedulePollTask(
        () -> consumer.addRecord(new ConsumerRecord<>(Topic.SESSION, 0, 0, null, new byte[] {1})));
    run(new Steps(false));
    assertThat(turns).containsExactly("handle", "tick", "poll PT0S", "tick", "poll PT0S", "tick");
  }
}
