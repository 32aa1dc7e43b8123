package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.ClientEvent;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {
  static Stream<Throwable> failures() {
    return Stream.of(
            new TimeoutException(),
            new TimeoutException("send: no reply"),
            new RejectedExecutionException(),
            new IOException(),
            new IllegalStateException("java.lang.Whatever"))
        .flatMap(
            each -> Stream.of(each, new ExecutionException(each), new CompletionException(each)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noFailureNamesAClass(Throwable failure) {
    assertThat(Wording.of(failure))
        .isNotBlank()
        .doesNotContain("Exception")
        .doesNotContain("java.")
        .doesNotContain("null");
  }

  @Test
  void theEndOfASessionIsSaidInWordsOfTheChat() {
    assertThat(Wording.of(new ClientEvent.Stopped(3504, "replaced"), "phone"))
        .contains("another chat of this user")
        .contains("'phone' (--device)");
    assertThat(Wording.of(new ClientEvent.Stopped(3500, "unauthenticated: forged"), "phone"))
        .isEqualTo("the server refused the token: forged");
    assertThat(Wording.of(new ClientEvent.Stopped(3500, "unauthenticated"), "phone"))
        .isEqualTo("the server refused the token");
    assertThat(Wording.of(new ClientEvent.Stopped(3505, "kicked"), "phone"))
        .isEqualTo("the server ended the session: kicked");
  }

  @Test
  void aServerThatDoesNotAnswerIsToldFromALostConnection() {
    assertThat(Wording.of(new TimeoutException())).isEqualTo("the server did not answer in time");
    assertThat(Wording.of(new ExecutionException(new TimeoutException())))
        .isEqualTo("the server did not answer in time");
    assertThat(Wording.of(new IllegalStateException("closed")))
        .isEqualTo("the connection was lost");
  }

  @Test
  void whatTheServerSaidIsSaid() {
    assertThat(Wording.of(new ExecutionException(FakeChatServer.UNAVAILABLE)))
        .isEqualTo("5003 unavailable");
  }
}
