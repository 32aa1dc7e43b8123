package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.frame.ReplyCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one session, those to one recipient in turn. Owned by the session's event
 * loop; outcomes come on the publisher's thread.
 *
 * <p>A message is published once. A repeat in the session gets the first outcome, also if that is
 * still to come. The log decides in two cases: the first attempt may be in the log (no ack in time,
 * or its outcome is forgotten), or the client marks the send as a repeat from another connection;
 * see {@link SendAttempt}. A repeat is refused if the log or this session has another content or
 * type under that id. The client learns an id that this edge drew only from an outcome, so only the
 * log need know such an id.
 */
public final class Sender {
  private final UserSession session;
  private final SendParts parts;
  private final SendRules rules;
  private final RecentSends recent;
  private final RecipientQueues queues = new RecipientQueues();

  public Sender(UserSession session, SendParts parts, SendRules rules) {
    this.session = session;
    this.parts = parts;
    this.rules = rules;
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
    // Judged at its turn: a repeat is compared with the log, not with waiting messages.
    queues.run(
        new RecipientQueues.Recipient(kind, to),
        () -> {
          try {
            String id = uuid == null ? parts.uuids().get() : uuid;
            return turn(
                new MessageEvent(kind, id, session.user(), to, token, content),
                uuid == null ? null : new RecentSends.Key(kind, to, uuid),
                retry,
                reply);
          } catch (RuntimeException e) {
            reply.broken(e);
            return null;
          }
        });
  }

  /** The sends of steps between friends, in turn with the messages. */
  public FriendSteps steps() {
    return new FriendSteps(session, parts, recent, queues);
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
    RecentSends.Fate fate = first != null ? first.fate() : unremembered(key);
    // If the send of a uuid is surely not in the log, the uuid is still free.
    if (first != null && first.mayStand() && !first.holds(message)) {
      conflict(reply);
      return null;
    }
    if (first != null && fate == RecentSends.Fate.KNOWN) {
      answer(first.outcome(), message.uuid(), reply);
      return null;
    }
    if (retry || fate == RecentSends.Fate.UNCERTAIN) {
      return begun(message, key, reply).publishIfMissing();
    }
    CompletableFuture<Optional<Refusal>> judgement =
        rules.judge(session, message.kind(), message.to());
    if (judgement.state() == Future.State.SUCCESS) {
      judged(judgement.resultNow(), message, key, reply);
      return null;
    }
    CompletableFuture<Void> end = new CompletableFuture<>();
    Callbacks.whenDone(
        judgement,
        (refusal, failure) ->
            session.execute(
                () -> {
                  try {
                    if (failure == null) {
                      judged(refusal, message, key, reply);
                    } else {
                      reply.broken(failure);
                    }
                  } catch (RuntimeException e) {
                    reply.broken(e);
                  }
                  end.complete(null);
                }));
    return end;
  }

  private void judged(
      Optional<Refusal> refusal,
      MessageEvent message,
      RecentSends.@Nullable Key key,
      Responder reply) {
    if (refusal.isPresent()) {
      refusal.get().tell(reply);
    } else {
      begun(message, key, reply).publish();
    }
  }

  /** Remembers an attempt that begins now, and answers once it has an outcome. */
  private SendAttempt begun(MessageEvent message, RecentSends.@Nullable Key key, Responder reply) {
    SendAttempt attempt = new SendAttempt(session, parts, rules, recent, message, key);
    if (key != null) {
      recent.put(key, new RecentSends.Send(message, attempt.outcome()));
    }
    answer(attempt.outcome(), message.uuid(), reply);
    return attempt;
  }

  private RecentSends.Fate unremembered(RecentSends.@Nullable Key key) {
    return key != null && (recent.hasForgotten(key) || parts.uuids().mayHaveMade(key.uuid()))
        ? RecentSends.Fate.UNCERTAIN
        : RecentSends.Fate.ABSENT;
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
            case SendAttempt.ConflictException conflict -> conflict(reply);
            case SendAttempt.NotAllowedException refused -> refused.refusal().tell(reply);
            case UnfinishedException unfinished ->
                reply.unavailable(
                    String.valueOf(unfinished.getMessage()), parts.retryAfterMillis().getAsLong());
            default -> NotTaken.tell(reply, failure, parts.retryAfterMillis().getAsLong());
          }
        });
  }

  static void conflict(Responder reply) {
    reply.refuse(ReplyCode.CONFLICT, "uuid", "uuid: was sent before with another content or type");
  }
}
