package im.linnet.log.publish;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.log.publish.PublishException.Reason;
import im.linnet.log.publish.PublishFailures.Verdict;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublishFailuresTest {
  @ParameterizedTest
  @MethodSource("table")
  void judges(Throwable failure, boolean sent, Reason reason, boolean producerIsLost) {
    assertThat(PublishFailures.judge(failure, sent)).isEqualTo(new Verdict(reason, producerIsLost));
  }

  static Stream<Arguments> table() {
    return Stream.of(
        Arguments.of(new BufferExhaustedException("full"), false, Reason.OVERLOADED, false),
        Arguments.of(new TimeoutException("no metadata"), false, Reason.OVERLOADED, false),
        Arguments.of(new TimeoutException("expired"), true, Reason.TIMEOUT, false),
        Arguments.of(new NotEnoughReplicasException("isr"), true, Reason.TIMEOUT, false),
        Arguments.of(new OutOfOrderSequenceException("seq"), true, Reason.TIMEOUT, false),
        Arguments.of(new RecordTooLargeException("big"), false, Reason.FATAL, false),
        Arguments.of(new RecordTooLargeException("big"), true, Reason.FATAL, false),
        Arguments.of(new TopicAuthorizationException("no"), true, Reason.FATAL, false),
        Arguments.of(new ClusterAuthorizationException("no"), true, Reason.FATAL, true),
        Arguments.of(new ProducerFencedException("other"), true, Reason.FATAL, true),
        Arguments.of(new KafkaException("closed forcefully"), true, Reason.TIMEOUT, true),
        Arguments.of(new KafkaException("in an error state"), false, Reason.FATAL, true),
        Arguments.of(new IllegalStateException("closed"), false, Reason.FATAL, true));
  }
}
