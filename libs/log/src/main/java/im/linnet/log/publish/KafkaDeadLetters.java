package im.linnet.log.publish;

import im.linnet.schemas.EventHeaders;
import im.linnet.schemas.LogRecord;
import im.linnet.schemas.Topic;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Publishes dead letters by a {@link KafkaPublisher}. A dead letter has the key, value and known
 * headers of the record, in the partition of the same number. Four more headers tell its origin and
 * the reason. A record above the limits of our producers is cut, and a header says so. Uncut it
 * would hold up its partition for ever; the whole record stays in its own topic. Safe on any
 * thread.
 */
public final class KafkaDeadLetters implements DeadLetters {
  /** Every reason of a decoder fits. */
  private static final int MAX_ERROR = 1_000;

  /** Enough of a value to find its author, and small enough for our brokers. */
  private static final int CUT_VALUE = 16 << 10;

  private static final int CUT_NAME = 1_000;

  private final KafkaPublisher publisher;

  public KafkaDeadLetters(KafkaPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public CompletableFuture<Appended> bury(LogRecord record, String error) {
    return send(record, record, headers(record, record.headers(), error))
        .exceptionallyCompose(
            failure ->
                failure instanceof PublishException refused && refused.tooLarge()
                    ? send(record, cut(record), cutHeaders(record, error))
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<Appended> send(LogRecord source, LogRecord sent, Headers headers) {
    return publisher.send(
        Topic.deadLetters(source.topic()),
        source.partition(),
        sent.key(),
        sent.value(),
        headers,
        publisher.now(),
        false);
  }

  private static Headers headers(LogRecord record, EventHeaders original, String error) {
    Headers headers = CloudEventHeaders.again(original);
    String reason = error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
    headers.add(CloudEventHeaders.header(ERROR, reason));
    headers.add(CloudEventHeaders.header(SOURCE_TOPIC, record.topic()));
    headers.add(CloudEventHeaders.header(SOURCE_PARTITION, Integer.toString(record.partition())));
    headers.add(CloudEventHeaders.header(SOURCE_OFFSET, Long.toString(record.offset())));
    return headers;
  }

  private static Headers cutHeaders(LogRecord record, String error) {
    Headers headers = headers(record, cut(record).headers(), error);
    byte[] value = record.value();
    return headers.add(
        CloudEventHeaders.header(SOURCE_SIZE, Integer.toString(value == null ? 0 : value.length)));
  }

  private static LogRecord cut(LogRecord record) {
    EventHeaders headers = record.headers();
    return new LogRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        first(record.key(), CUT_NAME),
        first(record.value(), CUT_VALUE),
        new EventHeaders(
            first(headers.type(), CUT_NAME),
            first(headers.id(), CUT_NAME),
            first(headers.source(), CUT_NAME),
            first(headers.time(), CUT_NAME),
            first(headers.session(), CUT_NAME)));
  }

  private static byte @Nullable [] first(byte @Nullable [] bytes, int most) {
    return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }
}
