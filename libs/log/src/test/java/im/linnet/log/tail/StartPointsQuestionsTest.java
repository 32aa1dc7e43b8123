package im.linnet.log.tail;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.tail.StartPoints.Marks;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** How often Kafka is asked where tails begin: an edge with many partitions waits for all of it. */
class StartPointsQuestionsTest {
  private static final long NOTHING = -1;

  private final List<Integer> questions = new ArrayList<>();
  private long start;
  private long end;

  @Test
  void asksNothingMoreAboutPartitionsThatWereNeverWrittenTo() {
    assertThat(find(64)).hasSize(64).containsOnly(new Marks(0, 0, 0, 0, 0));
    assertThat(questions).containsOnly(64).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void asksNothingMoreAboutPartitionsWhoseRecordsAreDeleted() {
    start = 7;
    end = 7;
    assertThat(find(64)).hasSize(64).containsOnly(new Marks(7, 7, 7, 7, 7));
    assertThat(questions).containsOnly(64).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void searchesTheNewestRecordWhereThereMayBeOne() {
    end = 7;
    assertThat(find(1)).containsExactly(new Marks(7, 7, 7, 7, 7));
    assertThat(questions).hasSizeBetween(4, 40);
  }

  private List<Marks> find(int partitions) {
    List<StreamPartition> wanted = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      wanted.add(new StreamPartition(Stream.P2P, i));
    }
    InstantSource now = InstantSource.fixed(Instant.ofEpochMilli(TailRecords.NOW));
    try (StartPoints points = new StartPoints(kafka(), now)) {
      return points.find(wanted).values().stream().map(marks -> marks.join()).toList();
    }
  }

  /** A Kafka that knows of no record. */
  private Admin kafka() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "listOffsets" -> answer((Map<?, ?>) arguments[0]);
                  case "close" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private ListOffsetsResult answer(Map<?, ?> question) {
    questions.add(question.size());
    Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> found = new HashMap<>();
    question.forEach(
        (partition, spec) ->
            found.put(
                (TopicPartition) partition,
                KafkaFuture.completedFuture(
                    new ListOffsetsResultInfo(offset(spec), NOTHING, Optional.empty()))));
    return new ListOffsetsResult(found);
  }

  private long offset(Object spec) {
    return switch (spec) {
      case OffsetSpec.EarliestSpec earliest -> start;
      case OffsetSpec.LatestSpec latest -> end;
      default -> NOTHING;
    };
  }
}
