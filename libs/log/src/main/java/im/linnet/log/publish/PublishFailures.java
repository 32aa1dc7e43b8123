package im.linnet.log.publish;

import im.linnet.log.publish.PublishException.Reason;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownProducerIdException;

/** The meaning of an exception of Kafka's producer, for the caller and for the producer. Pure. */
final class PublishFailures {
  private PublishFailures() {}

  /**
   * @param reason the reason for the caller
   * @param producerIsLost whether this producer accepts no more records
   */
  record Verdict(Reason reason, boolean producerIsLost) {}

  /**
   * Judges a failure.
   *
   * @param sent whether the producer had taken the record; a record that it had not taken is
   *     certainly not in the log
   */
  static Verdict judge(Throwable failure, boolean sent) {
    if (failure instanceof RetriableException || failure instanceof InterruptException) {
      // Kafka retries these itself until the delivery time-out, so the time is over here.
      return new Verdict(sent ? Reason.TIMEOUT : Reason.OVERLOADED, false);
    }
    if (failure instanceof OutOfOrderSequenceException
        || failure instanceof UnknownProducerIdException) {
      // The broker has forgotten this producer's records. The producer takes a new epoch by itself.
      return new Verdict(Reason.TIMEOUT, false);
    }
    if (concernsOneRecord(failure)) {
      return new Verdict(Reason.FATAL, false);
    }
    // The producer was closed, fenced or refused, or is in an error state. If it had taken the
    // record, nobody knows whether the record reached the log.
    boolean refused = !sent || failure instanceof ApiException;
    return new Verdict(refused ? Reason.FATAL : Reason.TIMEOUT, true);
  }

  /** Whether the record is too large for the producer or the broker. */
  static boolean tooLarge(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException;
  }

  private static boolean concernsOneRecord(Throwable failure) {
    return tooLarge(failure)
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTopicException
        || failure instanceof TopicAuthorizationException
        || failure instanceof SerializationException;
  }
}
