package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("processes")
class KilledBrokerIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void a_broker_killed_under_load_comes_back_soon_with_all_that_it_acknowledged() throws Exception {
    int port = FreePort.next();
    Map<String, Object> settings =
        Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all", "max.block.ms", "20000");
    long started = System.nanoTime();
    try (OsProcess first = broker("first", port);
        Admin admin = Admin.create(settings);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      String ready = first.awaitLine(Pattern.compile("^READY "), LONG);
      Duration start = Duration.ofNanos(System.nanoTime() - started);
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
      for (int i = 0; i < 200; i++) {
        producer.send(new ProducerRecord<>("kept", "value " + i)).get(20, TimeUnit.SECONDS);
      }
      first.kill();
      long began = System.nanoTime();
      try (OsProcess second = broker("second", port)) {
        assertThat(second.awaitLine(Pattern.compile("^READY "), LONG)).isEqualTo(ready);
        producer.send(new ProducerRecord<>("kept", "behind")).get(20, TimeUnit.SECONDS);
        Duration outage = Duration.ofNanos(System.nanoTime() - began);
        // Some seconds more than it takes to start at all, which a busy machine draws out.
        assertThat(outage).isLessThan(start.multipliedBy(2).plusSeconds(14));

        TopicPartition partition = new TopicPartition("kept", 0);
        await()
            .atMost(LONG)
            .until(
                () ->
                    admin
                            .listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get(20, TimeUnit.SECONDS)
                            .offset()
                        == 201);
      }
    }
  }

  @Test
  void a_paused_broker_goes_on_where_it_stood() throws Exception {
    int port = FreePort.next();
    Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port, "acks", "all");
    try (OsProcess process = broker("paused", port);
        Admin admin = Admin.create(settings);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      process.awaitLine(Pattern.compile("^READY "), LONG);
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
      producer.send(new ProducerRecord<>("kept", "before")).get(20, TimeUnit.SECONDS);
      process.pause();
      var sent = producer.send(new ProducerRecord<>("kept", "while it stood"));
      assertThat(sent).isNotDone();
      process.resume();

      assertThat(sent.get(20, TimeUnit.SECONDS).offset()).isEqualTo(1);
    }
  }

  private OsProcess broker(String name, int port) {
    return OsProcess.java(
        name,
        directory,
        List.of("-Xmx256m"),
        BrokerMain.class.getName(),
        List.of(directory.resolve("data").toString(), Integer.toString(port)));
  }
}
