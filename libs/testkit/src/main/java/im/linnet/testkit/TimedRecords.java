package im.linnet.testkit;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Puts records into a {@link TestBroker#keepingTimes} at the broker times that they name. */
public final class TimedRecords {
  private static final long PATIENCE_SECONDS = 30;

  private TimedRecords() {}

  /** Appends them in this order; returns once all are durable. */
  public static void append(TestBroker broker, List<LogRecord> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "acks",
                "all",
                // A broker that has just got its topics may refuse the first of several requests.
                "max.in.flight.requests.per.connection",
                1),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> appended = new ArrayList<>();
      records.forEach(record -> appended.add(producer.send(outgoing(record))));
      for (int i = 0; i < records.size(); i++) {
        RecordMetadata place = appended.get(i).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        LogRecord wanted = records.get(i);
        if (place.offset() != wanted.offset() || place.timestamp() != wanted.timestamp()) {
          throw new IllegalStateException(
              wanted.place() + " stands at " + place + " of " + place.timestamp());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while records were appended", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("records of a test could not be appended: " + e, e);
    }
  }

  private static ProducerRecord<byte[], byte[]> outgoing(LogRecord record) {
    ProducerRecord<byte[], byte[]> outgoing =
        new ProducerRecord<>(
            record.topic(), record.partition(), record.timestamp(), record.key(), record.value());
    EventHeaders headers = record.headers();
    add(outgoing.headers(), EventHeaders.TYPE, headers.type());
    add(outgoing.headers(), EventHeaders.SPEC_VERSION, bytes(EventHeaders.SPEC_VERSION_VALUE));
    add(outgoing.headers(), EventHeaders.ID, headers.id());
    add(outgoing.headers(), EventHeaders.SOURCE, headers.source());
    add(outgoing.headers(), EventHeaders.TIME, headers.time());
    return outgoing;
  }

  private static void add(Headers headers, String name, byte @Nullable [] value) {
    if (value != null) {
      headers.add(name, value);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
