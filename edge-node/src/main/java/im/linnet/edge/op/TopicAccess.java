package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.publish.Refusal;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Membership;
import im.linnet.records.RecordReader;
import im.linnet.records.TopicSummary;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.ReplyCode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

    /** What an outsider is told. */
    RefusedException refusal(String field) {
      return topic == null
          ? new RefusedException(ReplyCode.NOT_FOUND, field, "there is no such topic")
          : new RefusedException(ReplyCode.FORBIDDEN, field, "you are not a member of the topic");
    }

    /** As {@link #require}, the topic. */
    TopicSummary topicOfMember(String field) throws RefusedException {
      if (topic == null || !member) {
        throw refusal(field);
      }
      return topic;
    }

    /**
     * What a member may see.
     *
     * @param field the field that names the topic
     * @throws RefusedException for everybody else
     */
    Membership require(String field) throws RefusedException {
      if (topic == null || membership == null || !member) {
        throw refusal(field);
      }
      return membership;
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

  /**
   * Whether a session's user is a member of a topic.
   *
   * @param field the field that names the topic
   * @return nothing for a member, else what anybody else is told; never fails
   */
  CompletableFuture<Optional<Refusal>> requireMember(
      UserSession session, String field, String topic) {
    return standing(session, topic)
        .handle(
            (standing, failure) -> {
              if (failure != null) {
                return Optional.of(reply -> failures.tell(reply, failure));
              }
              return standing.member() ? Optional.empty() : Optional.of(standing.refusal(field));
            });
  }

  /**
   * Tells what has become of a topic after a command of the session; safe on any thread. The repeat
   * of an old command shows an outsider nothing that has happened in the topic since.
   *
   * @param repeated whether the command was judged before
   */
  void tell(UserSession session, String topic, boolean repeated, Responder reply) {
    reply.when(
        reads.read(
            session.seenOffsets(),
            Set.of(place(topic)),
            store ->
                repeated && !standing(store, session, topic).member()
                    ? Optional.of(new Told(topic, null))
                    : Optional.ofNullable(store.topics().lastSummary(topic))
                        .map(found -> new Told(topic, found))),
        (found, failure) -> {
          if (failure != null) {
            failures.tell(reply, failure);
          } else if (found.isEmpty()) {
            reply.broken(new IllegalStateException("the view has no topic of that command"));
          } else {
            reply.ok(json -> found.get().write(json));
          }
        });
  }

  /**
   * The answer to a command.
   *
   * @param summary the topic; null for an outsider, who is told its id alone
   */
  private record Told(String topic, @Nullable TopicSummary summary) {
    void write(JsonGenerator json) throws IOException {
      if (summary == null) {
        json.writeStringField("topic", topic);
      } else {
        TopicText.write(json, summary);
      }
    }
  }

  /** As {@link #standing(UserSession, String)}, in a question to the view. */
  static Standing standing(RecordReader store, UserSession session, String topic) {
    Membership membership = store.topics().membership(topic, session.user());
    boolean member =
        session.topics().isLive()
            ? session.topics().contains(topic)
            : membership != null && membership.isMember();
    return new Standing(store.topics().summary(topic), membership, member);
  }
}
