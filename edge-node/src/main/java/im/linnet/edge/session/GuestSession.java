package im.linnet.edge.session;

import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ProtocolErrorException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestDecoder;
import im.linnet.schemas.frame.RequestFields;
import org.jspecify.annotations.Nullable;

/**
 * A session before its authentication: it can only authenticate. It judges frames, and has no
 * effects.
 */
final class GuestSession {
  private final RequestDecoder decoder;
  private final @Nullable String bearer;
  private final long deadlineMillis;

  /**
   * @param bearer the token that the transport carried, null if it carried none
   * @param deadlineMillis the time by which it must have authenticated
   */
  GuestSession(RequestDecoder decoder, @Nullable String bearer, long deadlineMillis) {
    this.decoder = decoder;
    this.bearer = bearer;
    this.deadlineMillis = deadlineMillis;
  }

  /** The next step after a frame. */
  sealed interface Step {
    /** Judge the token. */
    record Authenticate(AuthRequest request, String token) implements Step {}

    /** Answer the frame; the session stays a guest. */
    @SuppressWarnings("ArrayRecordComponent") // written once, read once
    record Answer(@Nullable String op, ReplyCode code, byte[] frame) implements Step {}

    /** End the session: the framing is broken. */
    record Break(String detail) implements Step {}
  }

  boolean isOverdue(long nowMillis) {
    return nowMillis >= deadlineMillis;
  }

  Step judge(byte[] bytes, int from, int to) {
    RequestFields request;
    try {
      request = decoder.decode(bytes, from, to - from);
    } catch (ProtocolErrorException e) {
      return new Step.Break(String.valueOf(e.getMessage()));
    }
    // A stranger is not told the faults in another op's fields.
    if (!AuthRequest.OP.equals(request.opOrNull())) {
      return unauthenticated(request.opOrNull(), request.replyId());
    }
    try {
      request.requireGoodId();
      return authenticate(request);
    } catch (BadRequestException e) {
      return new Step.Answer(AuthRequest.OP, e.code(), Frames.error(e));
    }
  }

  private Step authenticate(RequestFields request) throws BadRequestException {
    AuthRequest auth = AuthRequest.read(request);
    String token = auth.token() == null ? bearer : auth.token();
    if (token == null) {
      throw request.problem("token", "is missing");
    }
    return new Step.Authenticate(auth, token);
  }

  private static Step unauthenticated(@Nullable String op, @Nullable String id) {
    ReplyCode code = ReplyCode.UNAUTHENTICATED;
    return new Step.Answer(op, code, Frames.error(id, code, "auth comes first"));
  }
}
