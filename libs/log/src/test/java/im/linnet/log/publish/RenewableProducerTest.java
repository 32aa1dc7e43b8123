package im.linnet.log.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RenewableProducerTest {
  private static final int REPORTERS = 4;
  private static final int ROUNDS = 50;

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void isRenewedOnceHoweverManyReportItsLoss() throws Exception {
    CyclicBarrier together = new CyclicBarrier(REPORTERS);
    try (RenewableProducer producers =
            new RenewableProducer(
                "test", this::producer, Set.of(Topic.P2P), Duration.ofSeconds(5));
        ExecutorService reporters = Executors.newFixedThreadPool(REPORTERS)) {
      producers.start();
      for (int round = 1; round <= ROUNDS; round++) {
        Producer<byte[], byte[]> lost = producers.current();
        List<Future<?>> reports =
            IntStream.range(0, REPORTERS)
                .<Future<?>>mapToObj(
                    each ->
                        reporters.submit(
                            () -> {
                              together.await();
                              producers.lost(lost, "fenced");
                              return null;
                            }))
                .toList();
        for (Future<?> report : reports) {
          report.get(10, TimeUnit.SECONDS);
        }
        await().pollInterval(Duration.ofMillis(1)).until(() -> producers.check().isEmpty());
        assertThat(producers.current()).isNotSameAs(lost);
      }
    }
    // Closed, so no renewal is under way any more.
    assertThat(made).hasValue(1 + ROUNDS);
  }

  private Producer<byte[], byte[]> producer() {
    made.incrementAndGet();
    Node node = new Node(1, "localhost", 1);
    Node[] nodes = {node};
    PartitionInfo partition = new PartitionInfo(Topic.P2P, 0, node, nodes, nodes);
    return new MockProducer<>(
        new Cluster("log", List.of(node), List.of(partition), Set.of(), Set.of()),
        false,
        null,
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
