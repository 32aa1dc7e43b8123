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
 * @param <R> the request, read from its fields
 */
interface Op<R> {
  /** The clients that may ask. */
  enum Role {
    /** All clients with a connection. */
    GUEST,
    /** Sessions that have authenticated. */
    USER
  }

  /** The {@code op} of the frame. */
  String name();

  /** The clients that may ask. */
  default Role role() {
    return Role.USER;
  }

  /** The JSON Schema of the request, by its path without the extension. */
  default String schema() {
    return "frame/request/" + name();
  }

  /**
   * The request in these fields.
   *
   * @throws BadRequestException if one of them is missing or cannot be used
   */
  R read(RequestFields fields) throws BadRequestException;

  /**
   * The partitions with records of the answer. The answer waits until the view holds the records
   * there that the session has seen.
   */
  default Set<StreamPartition> waitsFor(Caller caller, R request) {
    return Set.of();
  }

  /** Serves a request; exactly one answer is given to {@code reply}, now or later. */
  void serve(Caller caller, R request, Responder reply);
}
