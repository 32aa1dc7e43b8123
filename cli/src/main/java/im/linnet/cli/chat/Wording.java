package im.linnet.cli.chat;

import im.linnet.client.ClientClosedException;
import im.linnet.client.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** What a person is told of a failure: never the name of a class. Pure. */
final class Wording {
  private Wording() {}

  static String of(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause != null
        && (failure instanceof ExecutionException || failure instanceof CompletionException)) {
      return of(cause);
    }
    return switch (failure) {
      case RefusedException refused -> String.valueOf(refused.getMessage());
      case TimeoutException late -> "the server did not answer in time";
      case ClientClosedException ended -> "the session has ended: " + ended.getMessage();
      case RejectedExecutionException full -> "too much waits for the server already";
      default -> "the connection was lost";
    };
  }
}
