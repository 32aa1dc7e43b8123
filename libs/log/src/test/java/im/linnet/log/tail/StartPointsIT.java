package im.linnet.log.tail;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.KafkaSettings;
import im.linnet.log.tail.StartPoints.Marks;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.testkit.TestBroker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class StartPointsIT {
  private static final StreamPartition EMPTY = new StreamPartition(Stream.P2P, 0);
  private static final StreamPartition COMMITTED = new StreamPartition(Stream.P2P, 1);
  private static final StreamPartition OPEN = new StreamPartition(Stream.P2P, 2);
  private static final StreamPartition ONLY_OPEN = new StreamPartition(Stream.P2P, 3);

  @Test
  void aNewestRecordThatIsNotCommittedHidesNoCommittedOne() throws Exception {
    try (TestBroker broker = TestBroker.start(new TopicCatalogue(4, 2, 1));
        KafkaProducer<byte[], byte[]> plain = producer(broker, Map.of());
        KafkaProducer<byte[], byte[]> transactional =
            producer(broker, Map.of("transactional.id", "open"));
        StartPoints points =
            new StartPoints(
                KafkaSettings.of(broker.bootstrapServers()), "test", InstantSource.system())) {
      for (int i = 0; i < 3; i++) {
        send(plain, COMMITTED);
        send(plain, OPEN);
      }
      transactional.initTransactions();
      transactional.beginTransaction();
      send(transactional, OPEN);
      send(transactional, ONLY_OPEN);

      var marks = points.find(List.of(EMPTY, COMMITTED, OPEN, ONLY_OPEN));
      assertThat(marks.get(EMPTY).get(30, TimeUnit.SECONDS)).isEqualTo(new Marks(0, 0, 0, 0, 0));
      assertThat(marks.get(ONLY_OPEN).get(30, TimeUnit.SECONDS))
          .isEqualTo(new Marks(0, 0, 0, 0, 0));
      for (StreamPartition written : List.of(COMMITTED, OPEN)) {
        Marks found = marks.get(written).get(30, TimeUnit.SECONDS);
        assertThat(found.end()).isEqualTo(3);
        assertThat(found.ring()).isZero();
        assertThat(found.nearFilter()).isZero();
        assertThat(found.start(3)).isEqualTo(new StartPoints.StartPoint(0, 3));
      }
      transactional.close(Duration.ZERO);
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> by, StreamPartition to) throws Exception {
    var unused =
        by.send(
                new ProducerRecord<>(
                    to.stream().topic(), to.partition(), TailRecords.bytes("bb"), new byte[1]))
            .get(30, TimeUnit.SECONDS);
  }

  private static KafkaProducer<byte[], byte[]> producer(
      TestBroker broker, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("acks", "all");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
