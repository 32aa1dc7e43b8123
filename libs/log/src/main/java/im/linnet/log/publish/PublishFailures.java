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

/** What an exception of Kafka's producer means to the caller and to the producer. Pure. */
final class PublishFailures {
  private PublishFailures() {}

  /**
   * @param reason what the caller is told
   * @param producerIsLost whether this producer will accept no further record
   */
  record Verdict(Reason reason, boolean producerIsLost) {}

  /**
   * Judges a failure.
   *
   * @param sent whether the record had been taken by the producer; one that had not is certainly
   *     not in the log
   */
  static Verdict judge(Throwable failure, boolean sent) {
    if (failure instanceof RetriableException || failure instanceof InterruptException) {
      // Kafka retries these by itself until the delivery time-out, so here the time is over.
      return new Verdict(sent ? Reason.TIMEOUT : Reason.OVERLOADED, false);
    }
    if (failure instanceof OutOfOrderSequenceException
        || failure instanceof UnknownProducerIdException) {
      // The broker forgot what the producer sent; the producer takes a new epoch by itself.
      return new Verdict(Reason.TIMEOUT, false);
    }
    if (concernsOneRecord(failure)) {
      return new Verdict(Reason.FATAL, false);
    }
    // A producer that was closed, fenced, not let in, or that is in an error state. Where it had
    // taken the record, nobody knows whether the record reached the log.
    boolean refused = !sent || failure instanceof ApiException;
    return new Verdict(refused ? Reason.FATAL : Reason.TIMEOUT, true);
  }

  /** Whether a record is larger than the producer or the broker takes. */
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
