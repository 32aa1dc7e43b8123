package im.linnet.log.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.LogPartition;
import im.linnet.log.LogUnavailableException;
import im.linnet.schemas.Topic;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class LogOffsetsTest {
  private static final LogPartition LED = new LogPartition(Topic.P2P, 0);
  private static final LogPartition SILENT = new LogPartition(Topic.P2P, 1);

  private final Map<Integer, KafkaFutureImpl<ListOffsetsResultInfo>> answers = new HashMap<>();
  private final LogOffsets offsets = new LogOffsets(new AdminAnswers("localhost:1"), kafka());

  @Test
  void aPartitionWithoutALeaderFailsAloneAndNobodyWaitsForIt() {
    Map<LogPartition, CompletableFuture<Long>> ends =
        offsets.eachEndOffsetAsync(List.of(LED, SILENT));
    CompletableFuture<Map<LogPartition, Long>> all = offsets.endOffsetsAsync(List.of(LED, SILENT));
    answers.get(0).complete(new ListOffsetsResultInfo(7, -1, Optional.empty()));
    assertThat(ends.get(LED)).isCompletedWithValue(7L);
    assertThat(ends.get(SILENT)).isNotDone();
    assertThat(all).isNotDone();
    answers.get(1).completeExceptionally(new LeaderNotAvailableException("no leader"));
    assertThatThrownBy(ends.get(SILENT)::join)
        .cause()
        .isInstanceOf(LogUnavailableException.class)
        .hasMessageContaining("end offsets");
    assertThatThrownBy(all::join).cause().isInstanceOf(LogUnavailableException.class);
  }

  private Admin kafka() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("listOffsets")) {
                throw new UnsupportedOperationException(method.getName());
              }
              Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> found = new HashMap<>();
              for (Object asked : ((Map<?, ?>) arguments[0]).keySet()) {
                TopicPartition partition = (TopicPartition) asked;
                found.put(
                    partition,
                    answers.computeIfAbsent(
                        partition.partition(), fresh -> new KafkaFutureImpl<>()));
              }
              return new ListOffsetsResult(found);
            });
  }
}
