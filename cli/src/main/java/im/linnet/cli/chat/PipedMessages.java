package im.linnet.cli.chat;

import im.linnet.cli.chat.PipedLines.Piped;
import im.linnet.client.ChatOps;
import im.linnet.client.ClientClosedException;
import im.linnet.client.Draft;
import im.linnet.client.RefusedException;
import im.linnet.schemas.TimeOrderedUuid;
import im.linnet.schemas.frame.ReplyCode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends piped lines, one message each. A line is sent once the line before it is acknowledged. So
 * the order holds even if the server asks for a pause, and only one line is in memory. A line that
 * cannot be a message is reported and passed over. Any other failure ends the sending, since the
 * later lines would be out of order. Owned by one thread.
 */
final class PipedMessages {
  private static final int MOST_COMPLAINTS = 10;
  private static final long SHORTEST_PAUSE_MILLIS = 100;

  /** Opens the session for the messages. */
  interface Opening {
    /**
     * The session, from the first call on.
     *
     * @throws NoSessionException if none can be opened
     */
    ChatOps session() throws NoSessionException, InterruptedException;

    /**
     * The session after the last one, which has ended.
     *
     * @throws NoSessionException if there is no further session, with the reason
     */
    ChatOps renewed() throws NoSessionException, InterruptedException;

    /** The reason for the missing connection; null if there is one. */
    @Nullable String trouble();
  }

  /** There is no session; the message says why. */
  static final class NoSessionException extends Exception {
    private static final long serialVersionUID = 1L;

    NoSessionException(String reason) {
      super(reason);
    }
  }

  /** A line was not sent, so the lines after it must not be. */
  private static final class StopException extends Exception {
    private static final long serialVersionUID = 1L;

    StopException(String reason) {
      super(reason);
    }
  }

  private final PipedLines lines;
  private final Opening opening;
  private final Consumer<String> complaints;
  private final Duration patience;
  private @Nullable String peer;
  private final AtomicLong sent = new AtomicLong();
  private long unsent;

  /**
   * Sends nothing yet.
   *
   * @param peer the recipient, null if the input names it by {@code /to}
   * @param complaints takes a message for each line that was not sent, up to a bound
   * @param patience the time for which one line may wait for its acknowledgement
   */
  PipedMessages(
      PipedLines lines,
      @Nullable String peer,
      Opening opening,
      Consumer<String> complaints,
      Duration patience) {
    this.lines = lines;
    this.peer = peer;
    this.opening = opening;
    this.complaints = complaints;
    this.patience = patience;
  }

  /** The number of acknowledged lines so far. Any thread. */
  long sent() {
    return sent.get();
  }

  /**
   * Sends until the input ends.
   *
   * @return whether all lines were sent
   */
  boolean run() throws InterruptedException {
    try {
      for (Piped line = lines.next(); line != null; line = lines.next()) {
        boolean more =
            switch (line) {
              case Piped.Unfit unfit -> passOver(unfit.number(), unfit.reason());
              case Piped.Text text -> take(text.number(), text.text());
            };
        if (!more) {
          break;
        }
      }
    } catch (StopException e) {
      complaints.accept(String.valueOf(e.getMessage()));
      return false;
    } catch (IOException e) {
      complaints.accept("the input cannot be read to its end; lines sent: " + sent);
      return false;
    }
    if (unsent > MOST_COMPLAINTS) {
      complaints.accept((unsent - MOST_COMPLAINTS) + " more lines were not sent");
    }
    return unsent == 0;
  }

  /** Returns whether the input goes on. */
  private boolean take(long number, String text) throws StopException, InterruptedException {
    return switch (Line.parse(text)) {
      case Line.Blank blank -> true;
      case Line.Quit quit -> false;
      case Line.To to -> {
        peer = to.name();
        yield true;
      }
      case Line.Say said -> send(number, said.text());
      case Line.Nobody nobody ->
          throw new StopException(
              "line " + number + ": " + nobody.reason() + "; nothing after it was sent");
      case Line.Wrong wrong -> passOver(number, wrong.reason());
      default ->
          passOver(number, "this command needs a terminal; piped input takes /to and /quit alone");
    };
  }

  private boolean send(long number, String text) throws StopException, InterruptedException {
    String to = peer;
    if (to == null) {
      throw new StopException(
          "nothing was sent: there is nobody to send to; give --to, or begin the input with"
              + " /to NAME");
    }
    ChatOps server = session(number);
    Draft draft = Draft.p2p(to, text).withUuid(TimeOrderedUuid.at(System.currentTimeMillis()));
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      try {
        server.messages().send(draft).get(Math.max(0, left), TimeUnit.NANOSECONDS);
        sent.incrementAndGet();
        return true;
      } catch (TimeoutException e) {
        throw new StopException(unknown(number, late()));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TimeoutException) {
          throw new StopException(unknown(number, late()));
        }
        if (e.getCause() instanceof ClientClosedException && left > 0) {
          // The same identity again: the server stores it once, even if the first try succeeded.
          draft = draft.asRetry();
          server = renewed(number);
          continue;
        }
        if (!(e.getCause() instanceof RefusedException refused)) {
          throw new StopException(unknown(number, Wording.of(e)));
        }
        if (isAboutTheLine(refused)) {
          return passOver(number, Wording.of(e));
        }
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, refused.response().retryAfterMillis());
        if (!refused.response().retryable() || TimeUnit.MILLISECONDS.toNanos(pause) > left) {
          throw new StopException(refused(number, refused));
        }
        draft = draft.asRetry();
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    }
  }

  private ChatOps session(long number) throws StopException, InterruptedException {
    try {
      return opening.session();
    } catch (NoSessionException e) {
      throw new StopException(
          sent.get() == 0
              ? "nothing was sent: " + e.getMessage()
              : "line " + number + " was not sent: " + e.getMessage() + "; lines sent: " + sent);
    }
  }

  private ChatOps renewed(long number) throws StopException, InterruptedException {
    try {
      return opening.renewed();
    } catch (NoSessionException e) {
      throw new StopException(unknown(number, String.valueOf(e.getMessage())));
    }
  }

  private String late() {
    String trouble = opening.trouble();
    return trouble == null
        ? "the server did not answer in time"
        : "there is no connection: " + trouble;
  }

  /** An unavailable server cannot tell whether the log has taken the line. */
  private String refused(long number, RefusedException refused) {
    return refused.code() == ReplyCode.UNAVAILABLE
        ? unknown(number, Wording.of(refused))
        : "line " + number + " was not sent: " + Wording.of(refused) + "; lines sent: " + sent;
  }

  private String unknown(long number, String reason) {
    return "line " + number + " may not have been sent: " + reason + "; lines sent: " + sent;
  }

  private boolean passOver(long number, String reason) {
    unsent++;
    if (unsent <= MOST_COMPLAINTS) {
      complaints.accept("line " + number + " was not sent: " + reason);
    }
    return true;
  }

  private static boolean isAboutTheLine(RefusedException refused) {
    int code = refused.response().code();
    return code == ReplyCode.BAD_REQUEST.code() || code == ReplyCode.TOO_LARGE.code();
  }
}
