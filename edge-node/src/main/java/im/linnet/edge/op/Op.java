package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.Set;

/**
 * One op of the protocol: its name, the fields of its request and its answer. An op is shared by
 * all sessions and holds no state of one; {@link Caller} does. Its methods are called on the
 * caller's event loop.
 *
 * @param <R> the request, as its fields say it
 */
interface Op<R> {
  /** Which clients may ask. */
  enum Role {
    /** Anybody who has a socket. */
    GUEST,
    /** Sessions that have authenticated. */
    USER
  }

  /** The {@code op} of the frame. */
  String name();

  /** Which clients may ask. */
  default Role role() {
    return Role.USER;
  }

  /** The JSON Schema of the request, by its path without the extension. */
  default String schema() {
    return "frame/request/" + name();
  }

  /**
   * The request that the fields say.
   *
   * @throws BadRequestException where one of them is missing or cannot be used
   */
  R read(RequestFields fields) throws BadRequestException;

  /** The partitions that the answer is made of: it waits until the view holds them. */
  default Set<StreamPartition> waitsFor(Caller caller, R request) {
    return Set.of();
  }

  /** Serves a request; exactly one answer is given to {@code reply}, now or later. */
  void serve(Caller caller, R request, Responder reply);
}
