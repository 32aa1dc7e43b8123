package im.linnet.edge.session;

import im.linnet.schemas.frame.Request;

/** Serves the requests of one session; every method is called on the session's event loop. */
public interface Requests {
  /** Serves a request; exactly one answer is given to {@code reply}, now or later. */
  void serve(Request request, Responder reply);

  /** The session has ended. */
  void ended();

  /** Makes the one of a session. */
  @FunctionalInterface
  interface Factory {
    /** The requests of that session. */
    Requests open(UserSession session);
  }
}
