package im.linnet.edge.op;

import im.linnet.edge.publish.Refusal;
import im.linnet.edge.session.Responder;
import im.linnet.schemas.frame.ReplyCode;

/** A request may not have what it asks for. It is an answer, so it has no stack trace. */
final class RefusedException extends Exception implements Refusal {
  private static final long serialVersionUID = 1L;

  private final ReplyCode code;
  private final String field;
  private final String detail;

  /**
   * @param field the field that names what is refused
   * @param detail why, for the client's developer
   */
  RefusedException(ReplyCode code, String field, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.field = field;
    this.detail = detail;
  }

  @Override
  public void tell(Responder reply) {
    reply.refuse(code, field, field + ": " + detail);
  }
}
