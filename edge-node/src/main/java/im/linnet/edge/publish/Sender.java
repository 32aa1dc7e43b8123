package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.log.publish.PublishException;
import im.linnet.records.Relations;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.event.SentEvent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the messages of one session. {@link #send} is called on the session's event loop; outcomes
 * come on the publisher's thread.
 *
 * <p>A message is published once. A repeat in the session gets the first outcome, also if that is
 * still to come. The log decides in two cases: the first attempt may be in the log (no ack in time,
 * or its outcome is forgotten), or the client marks the send as a repeat from another connection.
 * Then the message is looked up among all present records of the recipient's partition, and
 * published only if it is missing. After that it is looked up once more, since another attempt may
 * have come in between. A repeat is refused if the log or this session has another content or type
 * under that id. The client learns an id that this edge drew only from an outcome, so only the log
 * need know such an id.
 */
public final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

  private final UserSession session;
  private final SendParts parts;
  private final RecentSends recent;
  private final RecipientQueues queues = new RecipientQueues();
  private @Nullable Relations read;

  public Sender(UserSession session, SendParts parts) {
    this.session = session;
    this.parts = parts;
    this.recent = new RecentSends(parts.remembered());
  }

  /** Sends a message of the session's user, in turn. */
  public void send(
      Stream kind,
      String to,
      String token,
      String content,
      @Nullable String uuid,
      boolean retry,
      Responder reply) {
    // Judged again at its turn: a repeat is compared with the log, not with waiting messages.
    inTurn(kind, to, () -> sendNow(kind, to, token, content, uuid, retry, reply));
  }

  /**
   * Sends a message whose turn it is.
   *
   * @return a future where those after it have to wait
   */
  public @Nullable CompletableFuture<?> sendNow(
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
    return attempt(
        reply,
        () ->
            kind.keyedByUser()
                ? whenKnown(reply, () -> turn(message, key, retry, reply))
                : turn(message, key, retry, reply));
  }

  /**
   * Runs a step in turn with the sends to a recipient.
   *
   * @param step gives null if it is done, else a future, completed on the session's event loop,
   *     until which the recipient's queue waits; must not throw
   */
  public void inTurn(Stream kind, String to, Supplier<@Nullable CompletableFuture<?>> step) {
    queues.run(new RecipientQueues.Recipient(kind, to), step);
  }

  /** The sends of steps between friends, in turn with the messages. */
  public FriendSteps steps() {
    return new FriendSteps(session, parts, recent, queues);
  }

  /**
   * Takes a turn once it is known how the session's user stands to others. That is read when the
   * session begins, so hardly any turn waits.
   */
  private @Nullable CompletableFuture<?> whenKnown(
      Responder reply, Supplier<@Nullable CompletableFuture<?>> turn) {
    if (relations() != null) {
      return turn.get();
    }
    CompletableFuture<Void> end = new CompletableFuture<>();
    Callbacks.whenDone(
        parts.rules().load(session.user()),
        (known, failure) ->
            session.execute(
                () -> {
                  if (failure != null) {
                    LOG.debug("{} relations: {}", session, failure.toString());
                    reply.unavailable(
                        "the store does not answer", parts.retryAfterMillis().getAsLong());
                    end.complete(null);
                    return;
                  }
                  read = known;
                  CompletableFuture<?> rest = attempt(reply, turn);
                  if (rest == null) {
                    end.complete(null);
                  } else {
                    Callbacks.whenDone(rest, (done, lost) -> end.complete(null));
                  }
                }));
    return end;
  }

  private static @Nullable CompletableFuture<?> attempt(
      Responder reply, Supplier<@Nullable CompletableFuture<?>> turn) {
    try {
      return turn.get();
    } catch (RuntimeException e) {
      reply.broken(e);
      return null;
    }
  }

  /** Why a message may not be sent now; null where it may. */
  private @Nullable String refusal(MessageEvent message) {
    Relations relations = relations();
    return relations == null
        ? null
        : parts.rules().refusal(relations, message.kind(), message.from(), message.to());
  }

  /** How the user stands to others: as the tail knows, or as it was read before the tail knew. */
  private @Nullable Relations relations() {
    Relations known = parts.rules().known(session.user());
    if (known != null) {
      read = null;
      return known;
    }
    return read;
  }

  /**
   * Runs a step in turn with the sends to that message's recipient, once the message itself has an
   * outcome, if it is one that this session sends.
   *
   * @param step gives a future, completed on the session's event loop, until which the recipient's
   *     queue waits; must not throw
   */
  public void afterSend(MessageId message, Supplier<CompletableFuture<Void>> step) {
    RecentSends.Key key = new RecentSends.Key(message.kind(), message.to(), message.uuid());
    queues.run(
        new RecipientQueues.Recipient(message.kind(), message.to()),
        () -> {
          RecentSends.Send send = recent.find(key);
          if (send == null || send.outcome().isDone()) {
            return step.get();
          }
          CompletableFuture<Void> turn = new CompletableFuture<>();
          Callbacks.whenDone(
              send.outcome(),
              (origin, failure) ->
                  session.execute(
                      () -> Callbacks.whenDone(step.get(), (done, lost) -> turn.complete(null))));
          return turn;
        });
  }

  /** What is done with a message; a future where those after it have to wait. */
  private @Nullable CompletableFuture<?> turn(
      MessageEvent message, RecentSends.@Nullable Key key, boolean retry, Responder reply) {
    RecentSends.Send first = key == null ? null : recent.find(key);
    Fate fate = first != null ? fate(first.outcome()) : unremembered(key);
    // If the send of a uuid is surely not in the log, the uuid is still free.
    if (first != null && fate != Fate.ABSENT && !first.holds(message)) {
      conflict(reply);
      return null;
    }
    if (first != null && fate == Fate.KNOWN) {
      answer(first.outcome(), message.uuid(), reply);
      return null;
    }
    boolean isRepeat = retry || fate == Fate.UNCERTAIN;
    String refusal = isRepeat ? null : refusal(message);
    if (refusal != null) {
      reply.refuse(ReplyCode.FORBIDDEN, "to", refusal);
      return null;
    }
    CompletableFuture<Origin> outcome = new CompletableFuture<>();
    if (key != null) {
      recent.put(key, new RecentSends.Send(message, outcome));
    }
    answer(outcome, message.uuid(), reply);
    if (isRepeat) {
      return lookUp(message, key, outcome);
    }
    publish(message, outcome);
    return null;
  }

  private enum Fate {
    /** The first send is acknowledged, or on its way. */
    KNOWN,
    /**
     * The first send is surely not in the log, or is there and void: the message is published as
     * new.
     */
    ABSENT,
    /** The first send may be in the log. */
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

  /** Looks the message up. A missing message is published before the queue goes on. */
  private CompletableFuture<?> lookUp(
      MessageEvent message, RecentSends.@Nullable Key key, CompletableFuture<Origin> outcome) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    attempt(
        outcome,
        () ->
            Callbacks.whenDone(
                parts.sentBefore().find(message.identity()),
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
    String refusal = found.isEmpty() ? refusal(message) : null;
    if (refusal != null) {
      refuse(key, outcome, new ForbiddenException(refusal));
    } else if (found.isEmpty()) {
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
    if (found.recalled()) {
      // A copy would bring its text to the other devices after the recall.
      session.seenOffsets().saw(found.origin().at());
      outcome.complete(found.origin());
    } else if (found.changed() || found.message().equals(message)) {
      durable(found.message(), found.origin(), outcome);
    } else {
      refuse(key, outcome, new ConflictException());
    }
  }

  /**
   * Publishes a missing message, and looks it up again before the answer. The first attempt, or a
   * repeat of it on another connection, may have reached the log meanwhile. Then the earlier record
   * counts.
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
        parts.sentBefore().find(message.identity()),
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

  /**
   * Forgets a message that differs, or may differ, from the log's: later repeats must not be
   * compared with it.
   */
  private void refuse(
      RecentSends.@Nullable Key key, CompletableFuture<Origin> outcome, Exception why) {
    if (key != null) {
      recent.forget(key);
    }
    outcome.completeExceptionally(why);
  }

  /**
   * Takes a durable message: publishes the copy for the sender's other devices, then answers the
   * sender. In a topic they are members, so the message itself comes to them.
   */
  private void durable(MessageEvent message, Origin origin, CompletableFuture<Origin> outcome) {
    session.seenOffsets().saw(origin.at());
    boolean copied =
        message.kind().keyedByUser()
            && !message.to().equals(message.from())
            && parts.severalDevices().test(message.from());
    if (!copied) {
      outcome.complete(origin);
      return;
    }
    Callbacks.whenDone(
        parts.inbox().publish(new SentEvent(message, origin), "", session.id()),
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
            case ForbiddenException forbidden ->
                reply.refuse(ReplyCode.FORBIDDEN, "to", String.valueOf(forbidden.getMessage()));
            case UnfinishedException unfinished ->
                reply.unavailable(
                    String.valueOf(unfinished.getMessage()), parts.retryAfterMillis().getAsLong());
            default -> NotTaken.tell(reply, failure, parts.retryAfterMillis().getAsLong());
          }
        });
  }

  /** Whether the send with that outcome is, or may be, in the log. */
  static boolean mayStand(CompletableFuture<Origin> outcome) {
    return fate(outcome) != Fate.ABSENT;
  }

  static void conflict(Responder reply) {
    reply.refuse(ReplyCode.CONFLICT, "uuid", "uuid: was sent before with another content or type");
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

  /** The log has a different message of that identity. */
  private static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    ConflictException() {
      super("another message has that identity", null, false, false);
    }
  }

  /** The message is not in the log, and may not be sent now. */
  private static final class ForbiddenException extends Exception {
    private static final long serialVersionUID = 1L;

    ForbiddenException(String message) {
      super(message, null, false, false);
    }
  }
}
