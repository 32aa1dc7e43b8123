package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final StringWriter printed = new StringWriter();
  private final Answers answers =
      new Answers(
          new Screen(
              new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
              ZoneOffset.UTC));

  @Test
  void theEndWaitsForWhatIsNotAnswered() {
    CompletableFuture<Void> late = new CompletableFuture<>();
    answers.add(CompletableFuture.completedFuture(null));
    answers.add(late);
    assertThatThrownBy(() -> answers.await(1)).isInstanceOf(TimeoutException.class);
    late.complete(null);

    assertThatCode(() -> answers.await(1)).doesNotThrowAnyException();
  }

  @Test
  void onlyAFailureIsWorthALine() {
    answers.quietly(CompletableFuture.completedFuture("fine"));
    answers.quietly(
        CompletableFuture.failedFuture(new CompletionException(FakeChatServer.UNAVAILABLE)));

    assertThat(printed.toString().lines()).containsExactly("* 5003 unavailable");
  }
}
