package im.linnet.edge.session;

import im.linnet.edge.ops.OpMeters;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import org.jspecify.annotations.Nullable;

/** Serves the requests of one session; every method is called on the session's event loop. */
public interface SessionRequests {
  /**
   * Serves a request; exactly one answer is given to {@code reply}, now or later.
   *
   * @throws BadRequestException if the request cannot be read; then the caller answers
   */
  void serve(RequestFields request, Responder reply) throws BadRequestException;

  /** Releases the state of the session's requests, because the session has ended. */
  void ended();

  /** Creates the requests of each session. Shared by all sessions; safe on any thread. */
  interface Factory {
    /** The requests of that session. */
    SessionRequests open(UserSession session);

    /** The counters of replies to an op, by the name that a client gave, if it gave one. */
    OpMeters meters(@Nullable String op);
  }
}
