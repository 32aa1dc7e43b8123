package im.linnet.edge.op;

import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.log.Callbacks;
import im.linnet.records.Membership;
import im.linnet.records.RecordReader;
import im.linnet.records.TopicSummary;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.ReplyCode;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session's user may do in a topic. Membership is what the tail of this edge has met, which
 * is fresh to milliseconds; the view decides only while the session is not live yet. Safe on any
 * thread.
 */
final class TopicAccess {
  private final ViewReads reads;
  private final InboxPublisher inbox;
  private final Failures failures;

  TopicAccess(ViewReads reads, InboxPublisher inbox, Failures failures) {
    this.reads = reads;
    this.inbox = inbox;
    this.failures = failures;
  }

  /**
   * A topic as a user stands in it.
   *
   * @param topic the topic; null if there is none, or no longer one
   * @param membership what the user may see of it; null if the user never was a member
   * @param member whether the user is a member
   */
  record Standing(@Nullable TopicSummary topic, @Nullable Membership membership, boolean member) {

    /** Whether the user is the founder. */
    boolean founder() {
      return member
          && topic != null
          && membership != null
          && topic.founder().equals(membership.user());
    }

    /** Refuses a request of an outsider. */
    void refuse(String field, Responder reply) {
      if (topic == null) {
        reply.refuse(ReplyCode.NOT_FOUND, field, field + ": there is no such topic");
      } else {
        reply.refuse(ReplyCode.FORBIDDEN, field, field + ": you are not a member of the topic");
      }
    }
  }

  /** The partition of a topic. */
  StreamPartition place(String topic) {
    return inbox.place(Stream.TOPIC, topic);
  }

  /** How a session's user stands in a topic; never left open. */
  CompletableFuture<Standing> standing(UserSession session, String topic) {
    return reads.read(
        session.seenOffsets(), Set.of(place(topic)), store -> standing(store, session, topic));
  }

  /** Tells what has become of a topic after a command of the session; safe on any thread. */
  void tell(UserSession session, String topic, Responder reply) {
    reply.when(
        reads.read(
            session.seenOffsets(),
            Set.of(place(topic)),
            store -> Optional.ofNullable(store.topics().lastSummary(topic))),
        (found, failure) -> {
          if (failure != null) {
            failures.tell(reply, failure);
          } else if (found.isEmpty()) {
            reply.broken(new IllegalStateException("the view has no topic of that command"));
          } else {
            reply.ok(json -> TopicText.write(json, found.get()));
          }
        });
  }

  /** What a member asked for, or how somebody else stands in the topic. */
  private record Found<A>(Standing standing, @Nullable A answer) {}

  /**
   * Answers a member from the view, and refuses everybody else.
   *
   * @param field the field that names the topic
   * @param question reads the answer; on a worker, so it may block
   * @param then gives the answer
   */
  <A> void answer(
      UserSession session,
      String field,
      String topic,
      Responder reply,
      BiFunction<RecordReader, Membership, @Nullable A> question,
      Consumer<A> then) {
    reply.when(
        reads.read(
            session.seenOffsets(),
            Set.of(place(topic)),
            store -> found(store, standing(store, session, topic), question)),
        (found, failure) -> {
          if (failure != null) {
            failures.tell(reply, failure);
            return;
          }
          A answer = found.answer();
          if (answer == null) {
            found.standing().refuse(field, reply);
          } else {
            then.accept(answer);
          }
        });
  }

  private static <A> Found<A> found(
      RecordReader store,
      Standing standing,
      BiFunction<RecordReader, Membership, @Nullable A> question) {
    Membership membership = standing.membership();
    return new Found<>(
        standing,
        standing.member() && membership != null ? question.apply(store, membership) : null);
  }

  private static Standing standing(RecordReader store, UserSession session, String topic) {
    Membership membership = store.topics().membership(topic, session.user());
    boolean member =
        session.topics().isLive()
            ? session.topics().contains(topic)
            : membership != null && membership.isMember();
    return new Standing(store.topics().summary(topic), membership, member);
  }

  /**
   * Takes a step for a member, at once where the tail knows the membership; answers everybody else.
   * On the session's event loop, where the step is taken too.
   *
   * @param field the field that names the topic
   * @return null if that is done, else a future that completes on the event loop once it is
   */
  @Nullable CompletableFuture<?> ifMember(
      UserSession session, String field, String topic, Responder reply, Runnable step) {
    return turnOfMember(
        session,
        field,
        topic,
        reply,
        () -> {
          step.run();
          return null;
        });
  }

  /**
   * As {@link #ifMember}.
   *
   * @param step gives null if it is done, else a future for which the returned one waits
   */
  @Nullable CompletableFuture<?> turnOfMember(
      UserSession session,
      String field,
      String topic,
      Responder reply,
      Supplier<@Nullable CompletableFuture<?>> step) {
    if (session.topics().contains(topic)) {
      return step.get();
    }
    CompletableFuture<Void> end = new CompletableFuture<>();
    Callbacks.whenDone(
        standing(session, topic),
        (standing, failure) ->
            session.execute(
                () -> {
                  CompletableFuture<?> rest = null;
                  try {
                    if (failure != null) {
                      failures.tell(reply, failure);
                    } else if (standing.member()) {
                      rest = step.get();
                    } else {
                      standing.refuse(field, reply);
                    }
                  } catch (RuntimeException e) {
                    reply.broken(e);
                  }
                  if (rest == null) {
                    end.complete(null);
                  } else {
                    Callbacks.whenDone(rest, (done, lost) -> end.complete(null));
                  }
                }),
        mistake -> {
          reply.broken(mistake);
          end.complete(null);
        });
    return end;
  }
}
