package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Utf8;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import org.jspecify.annotations.Nullable;

/** {@code send}: publishes a message. */
final class SendOp implements Op<SendOp.Request> {
  private static final String TEXT = "text";

  /**
   * The message.
   *
   * @param kind its stream
   * @param to the recipient
   * @param content the text
   * @param token the type of the text ({@code type} on the wire), null if the client gave none
   * @param uuid the message's id, null if the server shall draw one
   * @param retry whether it may have been sent before, on another connection
   */
  record Request(
      Stream kind,
      String to,
      String content,
      @Nullable String token,
      @Nullable String uuid,
      boolean retry) {}

  @Override
  public String name() {
    return "send";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    Stream kind = fields.kind();
    String to = fields.user("to");
    String token = fields.optionalMessageType("type");
    boolean step = kind == Stream.MUTUAL && token != null && FriendAct.ofToken(token) != null;
    String content = step && !fields.has("content") ? "" : content(fields);
    if (token == null && kind == Stream.MUTUAL) {
      throw fields.problem("type", "is missing, and mutual needs it");
    }
    return new Request(kind, to, content, token, fields.optionalId("uuid"), fields.flag("retry"));
  }

  /** The text of a message; it must be within the bound. */
  static String content(RequestFields fields) throws BadRequestException {
    String content = fields.unicode("content");
    int most = fields.limits().content();
    if (Utf8.length(content) > most) {
      throw fields.problem(ReplyCode.TOO_LARGE, "content", "over " + most + " bytes of UTF-8");
    }
    return content;
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    String token = request.token() == null ? TEXT : request.token();
    FriendAct act = request.kind() == Stream.MUTUAL ? FriendAct.ofToken(token) : null;
    if (act != null) {
      step(caller, act, request, reply);
      return;
    }
    caller
        .sender()
        .send(
            request.kind(),
            request.to(),
            token,
            request.content(),
            request.uuid(),
            request.retry(),
            reply);
  }

  /** One place decides what depends on how the two stand to each other. */
  private static void step(Caller caller, FriendAct act, Request request, Responder reply) {
    if (request.to().equals(caller.session().user())) {
      reply.bad("to", "to: that is yourself, name another user");
      return;
    }
    caller.sender().steps().take(act, request.to(), request.content(), request.uuid(), reply);
  }
}
