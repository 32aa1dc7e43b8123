package im.linnet.cli.chat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.JsonBytes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks the server on a command, and shows the answer as lines. Safe on any thread. */
final class Asking {
  private final ChatServer server;
  private final Answers answers;
  private final Screen screen;
  private final long patienceMillis;

  Asking(ChatServer server, Answers answers, Screen screen, long patienceMillis) {
    this.server = server;
    this.answers = answers;
    this.screen = screen;
    this.patienceMillis = patienceMillis;
  }

  /** Asks a question, and shows the lines that its answer gives. */
  void question(String op, JsonBytes.Fields fields, Function<JsonNode, List<String>> lines) {
    var unused = show(server.ask(op, true, fields), lines, Wording.Advice.NONE);
  }

  /** Asks for a change, and shows that it was made. */
  CompletableFuture<Boolean> order(
      String op, JsonBytes.Fields fields, Function<JsonNode, String> words, Wording.Advice advice) {
    return show(server.ask(op, false, fields), words.andThen(List::of), advice);
  }

  /**
   * Shows the lines of an answer, or the reason of a failure.
   *
   * @return whether there was an answer; it never fails
   */
  <T> CompletableFuture<Boolean> show(
      CompletableFuture<T> answer, Function<? super T, List<String>> lines, Wording.Advice advice) {
    CompletableFuture<Boolean> shown =
        answer
            .thenApply(lines)
            .handle(
                (all, failure) -> {
                  if (failure == null) {
                    all.forEach(screen::note);
                  } else {
                    screen.note(Wording.of(failure, advice));
                  }
                  return failure == null;
                });
    answers.add(shown.thenAccept(ok -> {}));
    return shown;
  }

  /** Waits for an order; false if it failed, or the wait was long. Its outcome is shown anyway. */
  boolean isDone(CompletableFuture<Boolean> order) {
    try {
      return order.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      screen.note("the server has not answered yet");
      return false;
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
