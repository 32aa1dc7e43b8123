package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.PublishException.Reason;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEvent.Message;
import im.linnet.schemas.event.InboxEvent.Origin;
import im.linnet.schemas.event.InboxEvent.Sent;
import im.linnet.schemas.frame.ReplyCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of one session. {@link #send} is called on the session's event loop; outcomes
 * come on the publisher's thread.
 *
 * <p>A message is published once. A repeat in the session is told the first outcome, also while
 * that is still to come. Where the first attempt may or may not be in the log (no ack in time, or
 * its outcome is not remembered any more), or the client says that it repeats a send of another
 * connection, the log decides: the message is looked up among all that the recipient's partition
 * holds now, and published only if it is not there. An id that this edge made is new to the client
 * until it is told, by an outcome; so only the log need know it.
 */
public final class Sender {
  private final UserSession session;
  private final SendParts parts;
  private final RecentSends recent;
  private final Lanes lanes = new Lanes();

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
    if (uuid == null) {
      Message message = message(kind, to, token, content, parts.uuids().get());
      dispatch(message, new CompletableFuture<>(), retry, reply);
      return;
    }
    RecentSends.Key key = new RecentSends.Key(kind, to, uuid);
    CompletableFuture<Origin> first = recent.find(key);
    Fate fate = first == null ? unremembered(key) : fate(first);
    if (first != null && fate == Fate.KNOWN) {
      answer(first, uuid, reply);
      return;
    }
    CompletableFuture<Origin> outcome = new CompletableFuture<>();
    recent.put(key, outcome);
    Message message = message(kind, to, token, content, uuid);
    dispatch(message, outcome, retry || fate == Fate.UNCERTAIN, reply);
  }

  private Message message(Stream kind, String to, String token, String content, String uuid) {
    return new Message(kind, uuid, session.user(), to, token, content);
  }

  private void dispatch(
      Message message, CompletableFuture<Origin> outcome, boolean lookUp, Responder reply) {
    answer(outcome, message.uuid(), reply);
    lanes.run(
        new Lanes.Lane(message.kind(), message.to()),
        () -> {
          if (lookUp) {
            return lookUp(message, outcome);
          }
          publish(message, outcome);
          return null;
        });
  }

  private enum Fate {
    /** Acknowledged, or on its way. */
    KNOWN,
    /** Surely not in the log, or there and void: it is published as if for the first time. */
    ABSENT,
    /** It may be in the log. */
    UNCERTAIN
  }

  private Fate unremembered(RecentSends.Key key) {
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
          switch (BoundedPublisher.reason(failure)) {
            case OVERLOADED, STALE -> Fate.ABSENT;
            case TIMEOUT, FATAL -> Fate.UNCERTAIN;
          };
    };
  }

  private void publish(Message message, CompletableFuture<Origin> outcome) {
    var unused =
        parts
            .inbox()
            .publish(message, "", session.id())
            .whenComplete(
                (origin, failure) -> {
                  if (failure == null) {
                    durable(message, origin, outcome);
                  } else {
                    outcome.completeExceptionally(cause(failure));
                  }
                });
  }

  /** Looks the message up; where it is absent it is published before the lane goes on. */
  private CompletableFuture<?> lookUp(Message message, CompletableFuture<Origin> outcome) {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    var unused =
        parts
            .sentBefore()
            .find(message.kind(), message.to(), message.uuid(), message.from())
            .whenComplete(
                (found, failure) ->
                    session.execute(
                        () -> {
                          if (failure == null) {
                            judge(message, found, outcome);
                          } else {
                            outcome.completeExceptionally(
                                new UnfinishedException(
                                    "it cannot be known now whether it was sent: "
                                        + cause(failure)));
                          }
                          turn.complete(null);
                        }));
    return turn;
  }

  private void judge(
      Message message, Optional<SentBefore.Found> found, CompletableFuture<Origin> outcome) {
    if (found.isPresent()) {
      durable(found.get().message(), found.get().origin(), outcome);
    } else {
      publish(message, outcome);
    }
  }

  /** The message is in the log: the sender's other devices are next, then the sender is told. */
  private void durable(Message message, Origin origin, CompletableFuture<Origin> outcome) {
    session.places().saw(origin.at());
    boolean copied =
        !message.to().equals(message.from()) && parts.severalDevices().test(message.from());
    if (!copied) {
      outcome.complete(origin);
      return;
    }
    var unused =
        parts
            .inbox()
            .publish(new Sent(message, origin), "", session.id())
            .whenComplete(
                (copy, failure) -> {
                  if (failure == null) {
                    session.places().saw(copy.at());
                    outcome.complete(origin);
                  } else {
                    outcome.completeExceptionally(
                        new UnfinishedException(
                            "no copy for the other devices: " + cause(failure)));
                  }
                });
  }

  private void answer(CompletableFuture<Origin> outcome, String uuid, Responder reply) {
    var unused =
        outcome.whenComplete(
            (origin, failure) -> {
              if (failure == null) {
                reply.ok(
                    json -> {
                      json.writeStringField("uuid", uuid);
                      json.writeStringField("at", origin.at().toString());
                      json.writeNumberField("time", origin.time());
                    });
              } else if (!(failure instanceof UnfinishedException)
                  && BoundedPublisher.reason(failure) == Reason.FATAL) {
                reply.error(ReplyCode.INTERNAL, "the log refused the message");
              } else {
                reply.unavailable(
                    String.valueOf(failure.getMessage()), parts.retryAfterMillis().getAsLong());
              }
            });
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** The message is or may be in the log, and not all that belongs to it was done. */
  private static final class UnfinishedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfinishedException(String message) {
      super(message, null, false, false);
    }
  }
}
