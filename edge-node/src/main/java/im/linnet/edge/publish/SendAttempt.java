package im.linnet.edge.publish;

import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.SentEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one message into the log. It begins on the session's event loop; its outcome comes on
 * any thread, and is never left open.
 *
 * <p>A message that may be in the log already is looked up among all present records of the
 * recipient's partition, and published only if it is missing and may be sent now. After that it is
 * looked up once more, since another attempt may have come in between. What was acknowledged once
 * has its first outcome, whatever the sender may do now.
 */
final class SendAttempt {
  private static final Logger LOG = LoggerFactory.getLogger(SendAttempt.class);

  private final UserSession session;
  private final SendParts parts;
  private final SendRules rules;
  private final RecentSends recent;
  private final MessageEvent message;
  private final RecentSends.@Nullable Key key;
  private final CompletableFuture<Origin> outcome = new CompletableFuture<>();

  /** Open until the messages after it may go on; null where they need not wait. */
  private @Nullable CompletableFuture<Void> turn;

  /**
   * @param recent forgets the message where the log has, or may have, another one under its id
   * @param key how {@code recent} knows the message; null where its client gave it no id
   */
  SendAttempt(
      UserSession session,
      SendParts parts,
      SendRules rules,
      RecentSends recent,
      MessageEvent message,
      RecentSends.@Nullable Key key) {
    this.session = session;
    this.parts = parts;
    this.rules = rules;
    this.recent = recent;
    this.message = message;
    this.key = key;
  }

  /**
   * Where the message stands. Fails with a {@link ConflictException}, a {@link
   * NotAllowedException}, an {@link UnfinishedException} or a {@link
   * im.linnet.log.publish.PublishException}.
   */
  CompletableFuture<Origin> outcome() {
    return outcome;
  }

  /** Publishes a message that is surely not in the log. */
  void publish() {
    publish(origin -> durable(message, origin));
  }

  /**
   * Publishes the message unless it is in the log already.
   *
   * @return completes on the session's event loop once the message is published, or will not be
   */
  CompletableFuture<?> publishIfMissing() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    turn = end;
    onLoop(
        this::lookUp,
        found -> {
          if (found.isPresent()) {
            compare(found.get());
            endTurn();
          } else {
            onLoop(() -> rules.judge(session, message.kind(), message.to()), this::missing);
          }
        });
    return end;
  }

  /**
   * Publishes the message if that is allowed, and looks it up again before the answer. The first
   * attempt, or a repeat of it on another connection, may have reached the log meanwhile. Then the
   * earlier record counts.
   */
  private void missing(Optional<Refusal> refusal) {
    if (refusal.isPresent()) {
      refuse(new NotAllowedException(refusal.get()));
    } else {
      publish(
          own ->
              onLoop(
                  this::lookUp,
                  found -> {
                    if (found.isPresent()) {
                      compare(found.get());
                    } else {
                      durable(message, own);
                    }
                  }));
    }
    endTurn();
  }

  private CompletableFuture<Optional<SentBefore.Found>> lookUp() {
    return parts.sentBefore().find(message.identity());
  }

  private void compare(SentBefore.Found found) {
    if (found.recalled()) {
      // A copy would bring its text to the other devices after the recall.
      session.seenOffsets().saw(found.origin().at());
      outcome.complete(found.origin());
    } else if (found.isChanged() || found.message().equals(message)) {
      durable(found.message(), found.origin());
    } else {
      refuse(new ConflictException());
    }
  }

  /**
   * Forgets a message that differs, or may differ, from the log's: later repeats must not be
   * compared with it.
   */
  private void refuse(Exception why) {
    if (key != null) {
      recent.forget(key);
    }
    outcome.completeExceptionally(why);
  }

  private void publish(Consumer<Origin> then) {
    attempt(
        () ->
            Callbacks.whenDone(
                parts.inbox().publish(message, "", session.id()),
                (origin, failure) -> {
                  if (failure == null) {
                    then.accept(origin);
                  } else {
                    outcome.completeExceptionally(Callbacks.cause(failure));
                  }
                },
                this::broken));
  }

  /**
   * Takes a durable message: publishes the copy for the sender's other devices, then tells the
   * outcome.
   */
  private void durable(MessageEvent sent, Origin origin) {
    session.seenOffsets().saw(origin.at());
    if (!parts.isCopied(sent.kind(), sent.from(), sent.to())) {
      outcome.complete(origin);
      return;
    }
    Callbacks.whenDone(
        parts.inbox().publish(new SentEvent(sent, origin), "", session.id()),
        (copy, failure) -> {
          if (failure == null) {
            session.seenOffsets().saw(copy.at());
            outcome.complete(origin);
          } else {
            LOG.debug("{} no copy of {}: {}", session, origin.at(), failure.toString());
            outcome.completeExceptionally(
                new UnfinishedException("it is sent, and not yet to the other devices"));
          }
        },
        this::broken);
  }

  /** Goes on with an answer on the session's event loop. Without an answer nothing is known. */
  private <T> void onLoop(Supplier<CompletableFuture<T>> question, Consumer<T> then) {
    attempt(
        () ->
            Callbacks.whenDone(
                question.get(),
                (answer, failure) ->
                    session.execute(
                        () ->
                            attempt(
                                () -> {
                                  if (failure == null) {
                                    then.accept(answer);
                                  } else {
                                    unknown(failure);
                                  }
                                })),
                this::broken));
  }

  private void unknown(Throwable failure) {
    LOG.debug("{} a look into the log failed: {}", session, failure.toString());
    refuse(new UnfinishedException("it is not known now whether it was sent"));
    endTurn();
  }

  /** Takes a step, or fails the outcome, so that it is never left open. */
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void broken(Throwable mistake) {
    LOG.error("a send failed", mistake);
    outcome.completeExceptionally(mistake);
    endTurn();
  }

  private void endTurn() {
    CompletableFuture<Void> end = turn;
    if (end != null) {
      end.complete(null);
    }
  }

  /** The log has a different message of that identity. */
  static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    private ConflictException() {
      super("another message has that identity", null, false, false);
    }
  }

  /** The message is not in the log, and may not be sent now. */
  static final class NotAllowedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private NotAllowedException(Refusal refusal) {
      super("it may not be sent now", null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }
}
