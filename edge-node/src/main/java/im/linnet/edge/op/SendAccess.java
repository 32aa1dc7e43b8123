package im.linnet.edge.op;

import im.linnet.edge.publish.Refusal;
import im.linnet.edge.publish.SendRules;
import im.linnet.edge.relations.RecipientRules;
import im.linnet.edge.session.Responder;
import im.linnet.edge.session.UserSession;
import im.linnet.records.Relations;
import im.linnet.schemas.Stream;
import im.linnet.schemas.frame.ReplyCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may send something to whom: members to their topic, and to another user whoever their
 * relations let. The tail of this edge knows nearly always; else the view is asked. Safe on any
 * thread.
 */
final class SendAccess implements SendRules {
  private static final Logger LOG = LoggerFactory.getLogger(SendAccess.class);

  /** The answer to nearly every message, so it is made once. */
  private static final CompletableFuture<Optional<Refusal>> ALLOWED =
      CompletableFuture.completedFuture(Optional.empty());

  private final TopicAccess topics;
  private final RecipientRules rules;
  private final LongSupplier retryAfterMillis;

  SendAccess(TopicAccess topics, RecipientRules rules, LongSupplier retryAfterMillis) {
    this.topics = topics;
    this.rules = rules;
    this.retryAfterMillis = retryAfterMillis;
  }

  @Override
  public CompletableFuture<Optional<Refusal>> judge(UserSession session, Stream kind, String to) {
    return kind == Stream.TOPIC ? ofMember(session, to) : ofUser(session, kind, to);
  }

  private CompletableFuture<Optional<Refusal>> ofMember(UserSession session, String topic) {
    return session.topics().contains(topic) ? ALLOWED : topics.requireMember(session, "to", topic);
  }

  private CompletableFuture<Optional<Refusal>> ofUser(UserSession session, Stream kind, String to) {
    String user = session.user();
    Relations known = rules.known(user);
    if (known != null) {
      String refusal = rules.refusal(known, kind, user, to);
      return refusal == null ? ALLOWED : CompletableFuture.completedFuture(forbidden(refusal));
    }
    return rules
        .load(user)
        .handle(
            (relations, failure) -> {
              if (failure != null) {
                LOG.debug("{} relations: {}", session, failure.toString());
                return Optional.of(this::unknown);
              }
              return forbidden(rules.refusal(relations, kind, user, to));
            });
  }

  private static Optional<Refusal> forbidden(@Nullable String why) {
    return why == null
        ? Optional.empty()
        : Optional.of(reply -> reply.refuse(ReplyCode.FORBIDDEN, "to", why));
  }

  private void unknown(Responder reply) {
    reply.unavailable("the store does not answer", retryAfterMillis.getAsLong());
  }
}
