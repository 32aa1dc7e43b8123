package im.linnet.log.topics;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.log.LogUnavailableException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdminAnswersTest {
  static Exception[] timeouts() {
    return new Exception[] {
      new TimeoutException(),
      new org.apache.kafka.common.errors.TimeoutException(
          "Timed out waiting for a node assignment. Call: listNodes")
    };
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void aTimeOutIsToldWithoutTheWordsOfTheLibrary(Exception timeout) {
    KafkaFutureImpl<String> future = new KafkaFutureImpl<>();
    future.completeExceptionally(timeout);

    assertThatThrownBy(() -> new AdminAnswers("h:1").get("the cluster id", future))
        .isInstanceOf(LogUnavailableException.class)
        .hasMessage("Kafka at h:1: the cluster id: no broker answers");
  }
}
