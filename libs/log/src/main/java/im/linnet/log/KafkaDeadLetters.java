package im.linnet.log;

import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;

/**
 * Dead letters by a {@link KafkaPublisher}: the same key, value and known headers in the partition
 * of the same number, and four headers that say where from and why. Safe on any thread.
 */
public final class KafkaDeadLetters implements DeadLetters {
  /** Long enough for every reason that a decoder gives. */
  private static final int MAX_ERROR = 1_000;

  private final KafkaPublisher publisher;

  public KafkaDeadLetters(KafkaPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public CompletableFuture<Appended> bury(LogRecord record, String error) {
    Headers headers = CloudEventHeaders.again(record.headers());
    String reason = error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
    headers.add(CloudEventHeaders.header(ERROR, reason));
    headers.add(CloudEventHeaders.header(SOURCE_TOPIC, record.topic()));
    headers.add(CloudEventHeaders.header(SOURCE_PARTITION, Integer.toString(record.partition())));
    headers.add(CloudEventHeaders.header(SOURCE_OFFSET, Long.toString(record.offset())));
    return publisher.send(
        Topic.deadLetters(record.topic()),
        record.partition(),
        record.key(),
        record.value(),
        headers,
        publisher.now());
  }
}
