package im.linnet.edge.publish;

import im.linnet.edge.session.UserSession;
import im.linnet.schemas.Stream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Judges what a session's user may send. Safe on any thread, never blocks. */
@FunctionalInterface
public interface SendRules {
  /**
   * Whether a session's user may send something to a recipient now.
   *
   * @param to a user, or a topic
   * @return nothing where the user may; done already where the edge knows by itself; never fails,
   *     since a question that has no answer now is a refusal too
   */
  CompletableFuture<Optional<Refusal>> judge(UserSession session, Stream kind, String to);
}
