package im.linnet.cli.chat;

import im.linnet.client.ClientClosedException;
import im.linnet.client.ClientEvent;
import im.linnet.client.RefusedException;
import im.linnet.log.Callbacks;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.ReplyCode;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** Says failures in words for a person, without names of classes. Pure. */
final class Wording {
  private Wording() {}

  /**
   * The reason why a session has ended for good.
   *
   * @param device the device name of the session
   */
  static String of(ClientEvent.Stopped stopped, String device) {
    if (stopped.code() == CloseCode.REPLACED.code()) {
      return "another chat of this user has taken over the device '" + device + "' (--device)";
    }
    String word = CloseCode.UNAUTHENTICATED.word();
    if (stopped.reason().startsWith(word)) {
      return "the server refused the token" + stopped.reason().substring(word.length());
    }
    return "the server ended the session: " + stopped.reason();
  }

  static String of(Throwable failure) {
    return switch (Callbacks.cause(failure)) {
      case RefusedException refused -> String.valueOf(refused.getMessage());
      case TimeoutException late -> "the server did not answer in time";
      case ClientClosedException ended -> "the session has ended: " + ended.getMessage();
      case RejectedExecutionException full -> "too many requests wait for the server";
      default -> "the connection was lost";
    };
  }

  /**
   * The reason of a failure as a sentence, and what a person can do about it.
   *
   * @param advice what to do after a refusal
   */
  static String of(Throwable failure, Advice advice) {
    return of(failure, advice, "");
  }

  /** The same of a failure that may pass. Without other advice a person is told to try again. */
  static String orAgain(Throwable failure, Advice advice) {
    return of(failure, advice, "try again in a moment");
  }

  private static String of(Throwable failure, Advice advice, String again) {
    if (!(Callbacks.cause(failure) instanceof RefusedException refused)) {
      return of(failure);
    }
    String words = advice.after(refused.code());
    if (words.isEmpty() && refused.response().retryable()) {
      words = again;
    }
    return refused.reason() + (words.isEmpty() ? "" : "; " + words);
  }

  /** What a person can do after a refusal. */
  interface Advice {
    /** No advice. */
    Advice NONE = code -> "";

    /** The words; empty for no advice. */
    String after(ReplyCode code);
  }
}
