package im.linnet.edge.publish;

import im.linnet.edge.session.Responder;

/** Why a message may not be sent now, as its sender is told. Safe on any thread. */
@FunctionalInterface
public interface Refusal {
  /** Answers the request. */
  void tell(Responder reply);
}
