package im.linnet.edge.op;

import im.linnet.edge.publish.Refusal;
import im.linnet.edge.publish.SendParts;
import im.linnet.edge.publish.SendRules;
import im.linnet.edge.publish.SentBefore;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.records.Membership;
import im.linnet.records.StoredMessage;
import im.linnet.schemas.Position;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes messages that were sent. The message is looked up among all that the recipient's
 * partition holds, so a change always stands after its message. Only the sender changes a message,
 * and only for some time after it. A change that was made already is answered again, whatever the
 * sender may do now. Safe on any thread; the state is the caller's.
 */
final class MessageChanges {
  private final SendParts parts;
  private final SendRules rules;
  private final ViewReads reads;
  private final TopicAccess topics;
  private final Failures failures;
  private final ChangePublisher publisher;
  private final Clock clock;

  MessageChanges(
      SendParts parts,
      SendRules rules,
      ViewReads reads,
      TopicAccess topics,
      Failures failures,
      Clock clock) {
    this.parts = parts;
    this.rules = rules;
    this.reads = reads;
    this.topics = topics;
    this.failures = failures;
    this.publisher = new ChangePublisher(parts);
    this.clock = clock;
  }

  /**
   * One change.
   *
   * @param message which message of the caller's
   * @param windowMillis how long after the message's time it may be changed
   * @param event its record
   * @param content the text after it; null if it takes the message back: that may be repeated, and
   *     a topic's founder may do it to every message at any time
   */
  record Change(MessageId message, long windowMillis, Maker event, @Nullable String content) {
    /** Makes the record of a change. */
    interface Maker {
      /**
       * The record.
       *
       * @param message the message
       * @param of where the original of the change stands; null for the original
       * @param since where the message stands, if only those who were members then may be told its
       *     text; null otherwise
       */
      InboxEvent of(MessageId message, @Nullable Origin of, @Nullable Position since);
    }

    boolean recall() {
      return content == null;
    }

    /** Where the message was changed in the same way already; null where it was not. */
    @Nullable Position madeAt(SentBefore.Found found) {
      boolean made =
          content == null
              ? found.recalled()
              : !found.recalled() && content.equals(found.message().content());
      return made ? found.change() : null;
    }
  }

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
    private final UserSession session;
    private final Change change;
    private final Responder reply;
    private final long askedMillis;
    private final MessageId asked;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private TopicAccess.@Nullable Standing standing;

    /** Why the caller may change nothing there now; null where the caller may. */
    private @Nullable Refusal refusal;

    Turn(Caller caller, Change change, Responder reply, long askedMillis) {
      this.session = caller.session();
      this.change = change;
      this.asked = change.message();
      this.reply = reply;
      this.askedMillis = askedMillis;
    }

    CompletableFuture<Void> begin() {
      attempt(
          () -> {
            if (asked.kind() == Stream.TOPIC) {
              then(topics.standing(session, asked.to()), this::ofTopic);
            } else if (change.recall()) {
              find();
            } else {
              // A new text is judged as a message is. A recall stays possible.
              then(rules.judge(session, asked.kind(), asked.to()), this::ofUser);
            }
          });
      return end;
    }

    private void ofUser(Optional<Refusal> found) {
      refusal = found.orElse(null);
      find();
    }

    private void ofTopic(TopicAccess.Standing found) {
      standing = found;
      if (!found.member()) {
        refusal = found.refusal("to");
      }
      if (refusal != null && (found.topic() == null || found.membership() == null)) {
        // Nobody sends anything to a topic without being in it.
        refuse(refusal);
      } else {
        find();
      }
    }

    private void find() {
      then(
          parts.sentBefore().find(asked),
          found -> {
            Position made = found.map(change::madeAt).orElse(null);
            if (refusal != null && made != null) {
              ChangePublisher.answer(asked, made, reply);
              end();
            } else if (refusal != null) {
              refuse(refusal);
            } else if (found.isPresent()) {
              judge(found.get());
            } else if (standing == null) {
              absent();
              end();
            } else {
              then(ofOthers(), this::judgeOfOthers);
            }
          });
    }

    /** The newest message of that uuid in the topic, if the caller can see it. */
    private CompletableFuture<Optional<StoredMessage>> ofOthers() {
      return reads.read(
          session.seenOffsets(),
          Set.of(topics.place(asked.to())),
          store -> {
            Membership membership = store.topics().membership(asked.to(), session.user());
            return Optional.ofNullable(store.topics().find(asked.to(), asked.uuid()))
                .filter(each -> membership != null && membership.sees(each.at().offset()));
          });
    }

    private void judgeOfOthers(Optional<StoredMessage> found) {
      if (found.isEmpty()) {
        refuse(ReplyCode.NOT_FOUND, "there is no such message in the topic");
      } else if (mayRecallAll()) {
        publish(found.get().message().identity(), found.get().at());
      } else {
        refuse(ReplyCode.FORBIDDEN, "the message is not yours");
      }
    }

    private boolean mayRecallAll() {
      return change.recall() && standing != null && standing.founder();
    }

    private void judge(SentBefore.Found found) {
      boolean again = change.madeAt(found) != null;
      boolean late = askedMillis - found.origin().time() > change.windowMillis();
      if (found.message().kind() == Stream.MUTUAL
          && FriendAct.ofToken(found.message().token()) != null) {
        refuse(ReplyCode.FORBIDDEN, "a step between friends cannot be changed");
      } else if (found.recalled() && !again) {
        refuse(ReplyCode.CONFLICT, "the message was recalled");
      } else if (late && !again && !mayRecallAll()) {
        refuse(ReplyCode.FORBIDDEN, "the message is older than " + change.windowMillis() + " ms");
      } else {
        publish(asked, found.origin().at());
      }
    }

    private void publish(MessageId message, Position at) {
      // Of a topic that the view does not know yet nobody can say that newcomers see all.
      boolean forAll = standing == null || (standing.topic() != null && standing.topic().history());
      Position since = forAll ? null : at;
      Callbacks.whenDone(
          publisher.publish(
              session, message, (which, of) -> change.event().of(which, of, since), reply),
          (origin, failure) -> session.execute(this::end),
          this::broken);
    }

    /** A message of somebody else that the caller can see is not the caller's to change. */
    private void absent() {
      String user = asked.from();
      reply.when(
          reads.read(
              session.seenOffsets(),
              Set.of(parts.inbox().place(asked.kind(), user)),
              store ->
                  asked.to().equals(user)
                      ? store.holds(asked.kind(), user, asked.uuid())
                      : store.find(asked.kind(), user, asked.uuid(), asked.to()) != null),
          (others, failure) -> {
            if (failure != null) {
              failures.tell(reply, failure);
            } else if (others) {
              refuse(ReplyCode.FORBIDDEN, "the message is not yours");
            } else {
              refuse(ReplyCode.NOT_FOUND, "you sent no such message to " + asked.to());
            }
          });
    }

    private void refuse(ReplyCode code, String detail) {
      refuse(new RefusedException(code, "uuid", detail));
    }

    private void refuse(Refusal why) {
      why.tell(reply);
      end();
    }

    /** Goes on with an answer on the event loop; one that fails ends the turn. */
    private <T> void then(CompletableFuture<T> answer, Consumer<T> step) {
      Callbacks.whenDone(
          answer,
          (found, failure) ->
              session.execute(
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
}
