package im.linnet.cli.system;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A program that writes into the log by docs/log.md, without any code of Linnet. */
final class ForeignProducer {
  private ForeignProducer() {}

  /** Writes a message under its recipient's key. */
  static void message(
      String bootstrap, String kind, String from, String to, String uuid, byte[] value) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record = new ProducerRecord<>("im." + kind + ".v1", to, value);
      List<String> headers =
          List.of(
              "ce_type",
              "message",
              "ce_specversion",
              "1.0",
              "ce_id",
              uuid,
              "ce_source",
              "/" + kind + "/" + from + "/" + to,
              "ce_time",
              Instant.now().toString(),
              "content-type",
              "application/json");
      for (int i = 0; i < headers.size(); i += 2) {
        record.headers().add(headers.get(i), headers.get(i + 1).getBytes(StandardCharsets.UTF_8));
      }
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
