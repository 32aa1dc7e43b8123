package im.linnet.edge.op;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.NotTaken;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.publish.SentBefore;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.records.Membership;
import im.linnet.records.Relations;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.Origin;
import im.linnet.schemas.frame.ReplyCode;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes messages that were sent. The message is looked up among all that the recipient's
 * partition holds, so a change always stands after its message. Only the sender changes a message,
 * and only for some time after it. Safe on any thread; the state is the caller's.
 */
final class MessageChanges {
  private static final Logger LOG = LoggerFactory.getLogger(MessageChanges.class);

  private final SendParts parts;
  private final ViewReads reads;
  private final TopicAccess topics;
  private final Failures failures;
  private final Clock clock;

  MessageChanges(
      SendParts parts, ViewReads reads, TopicAccess topics, Failures failures, Clock clock) {
    this.parts = parts;
    this.reads = reads;
    this.topics = topics;
    this.failures = failures;
    this.clock = clock;
  }

  /**
   * One change.
   *
   * @param message which message of the caller's
   * @param windowMillis how long after the message's time it may be changed
   * @param event the record of the change of a message: the original for null, else the copy of the
   *     original that stands there
   * @param recall whether it takes the message back: that may be repeated, and a topic's founder
   *     may do it to every message at any time
   */
  record Change(
      MessageId message,
      long windowMillis,
      BiFunction<MessageId, @Nullable Origin, InboxEvent> event,
      boolean recall) {}

  /** Makes a change, in turn with the caller's sends to that recipient. */
  void make(Caller caller, Change change, Responder reply) {
    long askedMillis = clock.millis();
    caller
        .sender()
        .afterSend(change.message(), () -> new Turn(caller, change, reply, askedMillis).begin());
  }

  /**
   * The turn of one change among the sends to a recipient. It ends once the change is in the log,
   * since the look-up of the next change asks for the log's end. On the caller's event loop.
   */
  private final class Turn {
    private final Caller caller;
    private final Change change;
    private final Responder reply;
    private final long askedMillis;
    private final MessageId asked;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private TopicAccess.@Nullable Standing standing;

    Turn(Caller caller, Change change, Responder reply, long askedMillis) {
      this.caller = caller;
      this.change = change;
      this.asked = change.message();
      this.reply = reply;
      this.askedMillis = askedMillis;
    }

    CompletableFuture<Void> begin() {
      attempt(
          () -> {
            if (asked.kind() == Stream.TOPIC) {
              then(topics.standing(caller.session(), asked.to()), this::ofTopic);
            } else if (change.recall()) {
              find();
            } else {
              ifAllowed();
            }
          });
      return end;
    }

    /** A new text is judged as a message is. A recall stays possible. */
    private void ifAllowed() {
      Relations known = parts.rules().known(asked.from());
      if (known == null) {
        then(parts.rules().load(asked.from()), this::judgeSender);
      } else {
        judgeSender(known);
      }
    }

    private void judgeSender(Relations relations) {
      String refusal = parts.rules().refusal(relations, asked.kind(), asked.from(), asked.to());
      if (refusal == null) {
        find();
      } else {
        reply.refuse(ReplyCode.FORBIDDEN, "to", refusal);
        end();
      }
    }

    private void ofTopic(TopicAccess.Standing found) {
      if (found.member()) {
        standing = found;
        find();
      } else {
        found.refuse("to", reply);
        end();
      }
    }

    private void find() {
      then(
          parts.sentBefore().find(asked),
          found -> {
            if (found.isPresent()) {
              judge(found.get());
            } else if (standing == null) {
              absent(caller, asked, reply);
              end();
            } else {
              then(ofOthers(), this::judgeOfOthers);
            }
          });
    }

    /** The newest message of that uuid in the topic, if the caller can see it. */
    private CompletableFuture<Optional<StoredMessage>> ofOthers() {
      return reads.read(
          caller.session().seenOffsets(),
          Set.of(topics.place(asked.to())),
          store -> {
            Membership membership = store.topics().membership(asked.to(), caller.session().user());
            return Optional.ofNullable(store.topics().find(asked.to(), asked.uuid()))
                .filter(each -> membership != null && membership.sees(each.at().offset()));
          });
    }

    private void judgeOfOthers(Optional<StoredMessage> found) {
      if (found.isEmpty()) {
        reply.refuse(ReplyCode.NOT_FOUND, "uuid", "uuid: there is no such message in the topic");
        end();
      } else if (mayRecallAll()) {
        publish(found.get().message().identity());
      } else {
        reply.refuse(ReplyCode.FORBIDDEN, "uuid", "uuid: the message is not yours");
        end();
      }
    }

    private boolean mayRecallAll() {
      return change.recall() && standing != null && standing.founder();
    }

    private void judge(SentBefore.Found found) {
      boolean again = found.recalled() && change.recall();
      boolean late = askedMillis - found.origin().time() > change.windowMillis();
      if (found.message().kind() == Stream.MUTUAL
          && FriendAct.ofToken(found.message().token()) != null) {
        reply.refuse(ReplyCode.FORBIDDEN, "uuid", "uuid: a step between friends cannot be changed");
        end();
      } else if (found.recalled() && !again) {
        reply.refuse(ReplyCode.CONFLICT, "uuid", "uuid: the message was recalled");
        end();
      } else if (late && !again && !mayRecallAll()) {
        reply.refuse(
            ReplyCode.FORBIDDEN,
            "uuid",
            "uuid: the message is older than " + change.windowMillis() + " ms");
        end();
      } else {
        publish(asked);
      }
    }

    private void publish(MessageId message) {
      UserSession session = caller.session();
      String id = parts.uuids().get();
      CompletableFuture<Origin> original =
          parts.inbox().publish(change.event().apply(message, null), id, session.id());
      reply.when(
          original,
          (origin, failure) -> {
            if (failure == null) {
              durable(session, change, id, origin, reply);
            } else {
              NotTaken.tell(reply, failure, parts.retryAfterMillis().getAsLong());
            }
          });
      Callbacks.whenDone(original, (origin, failure) -> session.execute(this::end), this::broken);
    }

    /** Goes on with an answer on the event loop; one that fails ends the turn. */
    private <T> void then(CompletableFuture<T> answer, Consumer<T> step) {
      Callbacks.whenDone(
          answer,
          (found, failure) ->
              caller
                  .session()
                  .execute(
                      () ->
                          attempt(
                              () -> {
                                if (failure == null) {
                                  step.accept(found);
                                } else {
                                  failures.tell(reply, failure);
                                  end();
                                }
                              })),
          this::broken);
    }

    private void attempt(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException e) {
        broken(e);
      }
    }

    private void broken(Throwable mistake) {
      reply.broken(mistake);
      end();
    }

    private void end() {
      end.complete(null);
    }
  }

  /** A message of somebody else that the caller can see is not the caller's to change. */
  private void absent(Caller caller, MessageId message, Responder reply) {
    UserSession session = caller.session();
    String user = message.from();
    reply.when(
        reads.read(
            session.seenOffsets(),
            Set.of(parts.inbox().place(message.kind(), user)),
            store ->
                message.to().equals(user)
                    ? store.holds(message.kind(), user, message.uuid())
                    : store.find(message.kind(), user, message.uuid(), message.to()) != null),
        (others, failure) -> {
          if (failure != null) {
            failures.tell(reply, failure);
          } else if (others) {
            reply.refuse(ReplyCode.FORBIDDEN, "uuid", "uuid: the message is not yours");
          } else {
            reply.refuse(
                ReplyCode.NOT_FOUND, "uuid", "uuid: you sent no such message to " + message.to());
          }
        });
  }

  /** The sender's other devices are next, then the sender is told. */
  private void durable(
      UserSession session, Change change, String id, Origin origin, Responder reply) {
    MessageId message = change.message();
    InboxPublisher inbox = parts.inbox();
    session.seenOffsets().saw(origin.at());
    if (!message.kind().keyedByUser()
        || message.to().equals(message.from())
        || !parts.severalDevices().test(message.from())) {
      done(message, origin, reply);
      return;
    }
    reply.when(
        inbox.publish(change.event().apply(message, origin), id, session.id()),
        (copy, failure) -> {
          if (failure == null) {
            session.seenOffsets().saw(copy.at());
            done(message, origin, reply);
          } else {
            LOG.debug("{} no copy of {}: {}", session, origin.at(), failure.toString());
            reply.unavailable(
                "the message is changed, and not yet on the other devices",
                parts.retryAfterMillis().getAsLong());
          }
        });
  }

  private static void done(MessageId message, Origin origin, Responder reply) {
    reply.ok(
        json -> {
          json.writeStringField("uuid", message.uuid());
          json.writeStringField("at", origin.at().toString());
        });
  }
}
