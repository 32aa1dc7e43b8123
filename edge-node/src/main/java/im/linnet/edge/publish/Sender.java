package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.PublishException;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.SentEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of one session. {@link #send} is called on the session's event loop; outcomes
 * come on the publisher's thread.
 *
 * <p>A message is published once. A repeat in the session is told the first outcome, also while
 * that is still to come. Where the first attempt may or may not be in the log (no ack in time, or
 * its outcome is not remembered any more), or the client says that it repeats a send of another
 * connection, the log decides: the message is looked up among all that the recipient's partition
 * holds now, and published only if it is not there; then it is looked up once more, since another
 * attempt may have come in between. Where it is there with another content or type, and where the
 * session itself sent another one under that id, the repeat is refused. An id that this edge made
 * is new to the client until it is told, by an outcome; so only the log need know it.
 */
public final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final UserSession session;
  private final SendParts parts;
  private final RecentSends recent;
  private final RecipientQueues queues = new RecipientQueues();

  public Sender(UserSession session, SendParts parts) {
    this.session = session;
    this.parts = parts;
    this.recent = new RecentSends(parts.remembered());
  }

  /** Sends a message of the session's user. */
  public void send(
      Stream kind,
      String to,
      String token,
      String content,
      @Nullable String uuid,
      boolean retry,
      Responder reply) {
    String id = uuid == null ? parts.uuids().get() : uuid;
    MessageEvent message = new MessageEvent(kind, id, session.user(), to, token, content);
    RecentSends.Key key = uuid == null ? null : new RecentSends.Key(kind, to, uuid);
    // Judged at its turn too: a repeat is compared with what the log has, not with what waits.
    queues.run(
        new RecipientQueues.Recipient(kind, to),
        () -> {
          try {
            return turn(message, key, retry, reply);
          } catch (RuntimeException e) {
            reply.broken(e);
            return null;
          }
        });
  }

  /** What is done with a message; a future where those after it have to wait. */
  private @Nullable CompletableFuture<?> turn(
      MessageEvent message, RecentSends.@Nullable Key key, boolean retry, Responder reply) {
    RecentSends.Send first = key == null ? null : recent.find(key);
    Fate fate = first != null ? fate(first.outcome()) : unremembered(key);
    // A uuid whose send is surely not in the log stands for nothing yet.
    if (first != null && fate != Fate.ABSENT && !first.holds(message)) {
      conflict(reply);
      return null;
    }
    if (first != null && fate == Fate.KNOWN) {
      answer(first.outcome(), message.uuid(), reply);
      return null;
    }
    CompletableFuture<Origin> outcome = new CompletableFuture<>();
    if (key != null) {
      recent.put(key, new RecentSends.Send(message, outcome));
    }
    answer(outcome, message.uuid(), reply);
    if (retry || fate == Fate.UNCERTAIN) {
      return lookUp(message, key, outcome);
    }
    publish(message, outcome);
    return null;
  }

  private enum Fate {
    /** Acknowledged, or on its way. */
    KNOWN,
    /** Surely not in the log, or there and void: it is published as if for the first time. */
    ABSENT,
    /** It may be in the log. */
    UNCERTAIN
  }

  private Fate unremembered(RecentSends.@Nullable Key key) {
    if (key == null) {
      return Fate.ABSENT;
    }
    return recent.hasForgotten(key) || parts.uuids().mayHaveMade(key.uuid())
        ? Fate.UNCERTAIN
        : Fate.ABSENT;
  }

  private static Fate fate(CompletableFuture<Origin> first) {
    if (!first.isCompletedExceptionally()) {
      return Fate.KNOWN;
    }
    return switch (first.exceptionNow()) {
      case UnfinishedException copy -> Fate.UNCERTAIN;
      case Throwable failure ->
          switch (PublishException.reasonOf(failure)) {
            case OVERLOADED, STALE -> Fate.ABSENT;
            case TIMEOUT, FATAL -> Fate.UNCERTAIN;
          };
    };
  }

  private void publish(MessageEvent message, CompletableFuture<Origin> outcome) {
    attempt(
        outcome,
        () ->
            Callbacks.whenDone(
                parts.inbox().publish(message, "", session.id()),
                (origin, failure) -> {
                  if (failure == null) {
                    durable(message, origin, outcome);
                  } else {
                    outcome.completeExceptionally(Callbacks.cause(failure));
                  }
                },
                outcome::completeExceptionally));
  }

  /** Looks the message up; where it is absent it is published before the queue goes on. */
  private CompletableFuture<?> lookUp(
      MessageEvent message, RecentSends.@Nullable Key key, CompletableFuture<Origin> outcome) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    attempt(
        outcome,
        () ->
            Callbacks.whenDone(
                parts
                    .sentBefore()
                    .find(message.kind(), message.to(), message.uuid(), message.from()),
                (found, failure) ->
                    session.execute(
                        () -> {
                          attempt(
                              outcome,
                              () -> {
                                if (failure == null) {
                                  lookedUp(message, key, found, outcome);
                                } else {
                                  unknown(key, failure, outcome);
                                }
                              });
                          turn.complete(null);
                        }),
                thrown -> {
                  outcome.completeExceptionally(thrown);
                  turn.complete(null);
                }));
    if (outcome.isCompletedExceptionally()) {
      turn.complete(null);
    }
    return turn;
  }

  private void lookedUp(
      MessageEvent message,
      RecentSends.@Nullable Key key,
      Optional<SentBefore.Found> found,
      CompletableFuture<Origin> outcome) {
    if (found.isEmpty()) {
      publishRepeat(message, key, outcome);
    } else {
      compare(message, key, found.get(), outcome);
    }
  }

  private void compare(
      MessageEvent message,
      RecentSends.@Nullable Key key,
      SentBefore.Found found,
      CompletableFuture<Origin> outcome) {
    if (found.message().equals(message)) {
      durable(message, found.origin(), outcome);
    } else {
      refuse(key, outcome, new ConflictException());
    }
  }

  /**
   * Publishes what was not there, and looks again before it tells anybody: the first attempt, or a
   * repeat of it on another connection, may have come into the log meanwhile. Then that one counts.
   */
  private void publishRepeat(
      MessageEvent message, RecentSends.@Nullable Key key, CompletableFuture<Origin> outcome) {
    attempt(
        outcome,
        () ->
            Callbacks.whenDone(
                parts.inbox().publish(message, "", session.id()),
                (origin, failure) -> {
                  if (failure == null) {
                    attempt(outcome, () -> confirm(message, key, origin, outcome));
                  } else {
                    outcome.completeExceptionally(Callbacks.cause(failure));
                  }
                },
                outcome::completeExceptionally));
  }

  private void confirm(
      MessageEvent message,
      RecentSends.@Nullable Key key,
      Origin own,
      CompletableFuture<Origin> outcome) {
    Callbacks.whenDone(
        parts.sentBefore().find(message.kind(), message.to(), message.uuid(), message.from()),
        (found, failure) ->
            session.execute(
                () ->
                    attempt(
                        outcome,
                        () -> {
                          if (failure != null) {
                            unknown(key, failure, outcome);
                          } else if (found.isPresent()) {
                            compare(message, key, found.get(), outcome);
                          } else {
                            durable(message, own, outcome);
                          }
                        })),
        outcome::completeExceptionally);
  }

  private void unknown(
      RecentSends.@Nullable Key key, Throwable failure, CompletableFuture<Origin> outcome) {
    LOG.debug("{} a look into the log failed: {}", session, failure.toString());
    refuse(key, outcome, new UnfinishedException("it is not known now whether it was sent"));
  }

  /** What was to be sent is not what the log has, or may not be: it is compared with nothing. */
  private void refuse(
      RecentSends.@Nullable Key key, CompletableFuture<Origin> outcome, Exception why) {
    if (key != null) {
      recent.forget(key);
    }
    outcome.completeExceptionally(why);
  }

  /** The message is in the log: the sender's other devices are next, then the sender is told. */
  private void durable(MessageEvent message, Origin origin, CompletableFuture<Origin> outcome) {
    session.places().saw(origin.at());
    boolean copied =
        !message.to().equals(message.from()) && parts.severalDevices().test(message.from());
    if (!copied) {
      outcome.complete(origin);
      return;
    }
    Callbacks.whenDone(
        parts.inbox().publish(new SentEvent(message, origin), "", session.id()),
        (copy, failure) -> {
          if (failure == null) {
            session.places().saw(copy.at());
            outcome.complete(origin);
          } else {
            LOG.debug("{} no copy of {}: {}", session, origin.at(), failure.toString());
            outcome.completeExceptionally(
                new UnfinishedException("it is sent, and not yet to the other devices"));
          }
        },
        outcome::completeExceptionally);
  }

  private void answer(CompletableFuture<Origin> outcome, String uuid, Responder reply) {
    reply.when(
        outcome,
        (origin, failure) -> {
          switch (failure) {
            case null ->
                reply.ok(
                    json -> {
                      json.writeStringField("uuid", uuid);
                      json.writeStringField("at", origin.at().toString());
                      json.writeNumberField("time", origin.time());
                    });
            case ConflictException conflict -> conflict(reply);
            case UnfinishedException unfinished ->
                reply.unavailable(
                    String.valueOf(unfinished.getMessage()), parts.retryAfterMillis().getAsLong());
            default -> NotTaken.tell(reply, failure, parts.retryAfterMillis().getAsLong());
          }
        });
  }

  private static void conflict(Responder reply) {
    reply.conflict("uuid", "uuid: was sent before with another content or type");
  }

  /** Takes a step, or fails the outcome, so that it is never left open. */
  private static void attempt(CompletableFuture<Origin> outcome, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("a send failed", e);
      outcome.completeExceptionally(e);
    }
  }

  /** The log has another message of that identity. */
  private static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    ConflictException() {
      super("another message has that identity", null, false, false);
    }
  }

  /** The message is or may be in the log, and not all that belongs to it was done. */
  private static final class UnfinishedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfinishedException(String message) {
      super(message, null, false, false);
    }
  }
}
