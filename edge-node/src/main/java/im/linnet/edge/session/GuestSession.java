package im.linnet.edge.session;

import im.linnet.edge.ops.OpLabel;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ProtocolErrorException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.Request;
import im.linnet.schemas.frame.RequestDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A session that has not said who it is: it can authenticate and nothing else. Judges frames,
 * touches nothing.
 */
final class GuestSession {
  private final RequestDecoder decoder;
  private final @Nullable String bearer;
  private final long deadlineMillis;

  /**
   * Makes one.
   *
   * @param bearer the token that the transport carried, null where it carried none
   * @param deadlineMillis when it must have authenticated
   */
  GuestSession(RequestDecoder decoder, @Nullable String bearer, long deadlineMillis) {
    this.decoder = decoder;
    this.bearer = bearer;
    this.deadlineMillis = deadlineMillis;
  }

  /** What a frame leads to. */
  sealed interface Step {
    /** The token is to be judged. */
    record Authenticate(Request.Auth request, String token) implements Step {}

    /** The frame is answered and the session stays what it is. */
    @SuppressWarnings("ArrayRecordComponent") // written once, read once
    record Answer(OpLabel op, ReplyCode code, byte[] frame) implements Step {}

    /** The framing is broken. */
    record Break(String detail) implements Step {}
  }

  boolean isOverdue(long nowMillis) {
    return nowMillis >= deadlineMillis;
  }

  Step judge(byte[] bytes, int from, int to) {
    try {
      Request request = decoder.decode(bytes, from, to - from);
      return request instanceof Request.Auth auth
          ? authenticate(auth)
          : unauthenticated(OpLabel.of(request), request.id());
    } catch (ProtocolErrorException e) {
      return new Step.Break(String.valueOf(e.getMessage()));
    } catch (BadRequestException e) {
      // What is wrong with another op's fields is nothing to tell a stranger.
      OpLabel op = OpLabel.of(OpField.of(bytes, from, to));
      return op == OpLabel.AUTH ? bad(e) : unauthenticated(op, e.requestId());
    }
  }

  private Step authenticate(Request.Auth auth) {
    String token = auth.token() == null ? bearer : auth.token();
    if (token == null) {
      return bad(
          new BadRequestException(ReplyCode.BAD_REQUEST, auth.id(), "token", "token: is missing"));
    }
    return new Step.Authenticate(auth, token);
  }

  private static Step bad(BadRequestException problem) {
    return new Step.Answer(OpLabel.AUTH, problem.code(), Frames.error(problem));
  }

  private static Step unauthenticated(OpLabel op, @Nullable String id) {
    ReplyCode code = ReplyCode.UNAUTHENTICATED;
    return new Step.Answer(op, code, Frames.error(id, code, "auth comes first"));
  }
}
