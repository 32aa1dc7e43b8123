package im.linnet.edge.session;

import im.linnet.edge.auth.AuthFailure;
import im.linnet.edge.auth.CannotJudgeException;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import im.linnet.edge.transport.ClientConnection;
import im.linnet.edge.transport.Inbound;
import im.linnet.log.Callbacks;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ProtocolErrorException;
import im.linnet.schemas.frame.ReplyCode;
import im.linnet.schemas.frame.RequestFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its first byte to its last, on its event loop.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>stage</th><th>on</th><th>next</th></tr>
 * <tr><td>guest</td><td>{@code auth} with fields that can be read</td><td>judging</td></tr>
 * <tr><td>guest</td><td>{@code auth} with fields that cannot: 4000</td><td>guest</td></tr>
 * <tr><td>guest</td><td>another request: 4001</td><td>guest</td></tr>
 * <tr><td>guest</td><td>no success in time: close 3500</td><td>ended</td></tr>
 * <tr><td>guest that was told 5003, judging</td><td>the same: close 3004</td><td>ended</td></tr>
 * <tr><td>judging</td><td>token good: reply 0</td><td>member</td></tr>
 * <tr><td>judging</td><td>token bad: 4001, close 3500</td><td>ended</td></tr>
 * <tr><td>judging</td><td>keys cannot be read: 5003</td><td>guest</td></tr>
 * <tr><td>member</td><td>request</td><td>member</td></tr>
 * <tr><td>member</td><td>{@code logout}: later frames do not count</td><td>ended</td></tr>
 * <tr><td>any</td><td>not a JSON object: close 3502; too long: close 3503</td><td>ended</td></tr>
 * <tr><td>member</td><td>silent for two heartbeats: close 3002</td><td>ended</td></tr>
 * <tr><td>member</td><td>takes nothing for two heartbeats: close 3001</td><td>ended</td></tr>
 * <tr><td>member</td><td>its token ends: close 3501</td><td>ended</td></tr>
 * <tr><td>guest</td><td>end of input</td><td>ended</td></tr>
 * <tr><td>judging</td><td>end of input: the same once the token is judged</td><td></td></tr>
 * <tr><td>member</td><td>end of input: all is answered, in some seconds</td><td>ended</td></tr>
 * <tr><td>any</td><td>socket gone</td><td>ended</td></tr>
 * </table>
 */
final class ConnectionHandler implements Inbound, ClientLink.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

  private sealed interface Stage {
    /**
     * A client that has not authenticated yet. If {@code hindered}, the edge is the cause, not the
     * client.
     */
    record Guest(GuestSession session, boolean hindered) implements Stage {}

    /**
     * A client with a token under judgement. Frames of the same packet wait, in order; more are not
     * read meanwhile.
     */
    record Judging(GuestSession session, AuthRequest request, List<byte[]> behind)
        implements Stage {}

    record Member(UserSession session, SessionRequests requests) implements Stage {}
  }

  private final ClientConnection connection;
  private final SessionParts parts;
  private final Consumer<ConnectionHandler> onEnd;
  private final ClientLink line;
  private Stage stage;
  private boolean inputEnded;
  private boolean left;

  /**
   * @param onEnd takes the handler of a socket that is gone
   */
  ConnectionHandler(
      ClientConnection connection,
      SessionParts parts,
      FrameOutbox.Bounds outboxBounds,
      Consumer<ConnectionHandler> onEnd) {
    this.connection = connection;
    this.parts = parts;
    this.onEnd = onEnd;
    this.line = new ClientLink(connection, parts, outboxBounds, this);
    this.stage =
        new Stage.Guest(
            new GuestSession(
                parts.decoder(),
                connection.bearer(),
                parts.steadyMillis().getAsLong() + parts.bounds().authTimeout().toMillis()),
            false);
  }

  @Override
  public void frame(byte[] bytes, int from, int to) {
    if (line.isEnded()) {
      return;
    }
    parts.metrics().frameReceived();
    line.heard();
    switch (stage) {
      case Stage.Guest guest -> guestFrame(guest.session(), bytes, from, to);
      case Stage.Judging judging -> judging.behind().add(Arrays.copyOfRange(bytes, from, to));
      case Stage.Member member -> memberFrame(member, bytes, from, to);
    }
  }

  private void guestFrame(GuestSession guest, byte[] bytes, int from, int to) {
    switch (guest.judge(bytes, from, to)) {
      case GuestSession.Step.Answer answer -> {
        parts.requests().meters(answer.op()).replied(answer.code());
        if (answer.code() == ReplyCode.UNAUTHENTICATED) {
          parts.metrics().authFailed(AuthFailure.MISSING);
        }
        line.outbox().offer(answer.frame());
      }
      case GuestSession.Step.Break broken ->
          line.disconnect(CloseCode.PROTOCOL_ERROR, broken.detail(), 0);
      case GuestSession.Step.Authenticate step -> judge(guest, step);
    }
  }

  private void judge(GuestSession guest, GuestSession.Step.Authenticate step) {
    Stage.Judging judging = new Stage.Judging(guest, step.request(), new ArrayList<>(0));
    stage = judging;
    CompletableFuture<Judgement> judgement = parts.verifier().judge(step.token());
    if (judgement.isDone()) {
      Callbacks.whenDone(
          judgement, (given, failure) -> judged(judging, given, failure), this::broken);
      return;
    }
    connection.pause();
    Callbacks.whenDone(
        judgement,
        (given, failure) ->
            connection.execute(
                () -> {
                  connection.resume();
                  judged(judging, given, failure);
                }),
        this::broken);
  }

  /**
   * Ends a connection that an error of the edge kept from authenticating; the client may come back.
   */
  private void broken(Throwable mistake) {
    line.disconnect(CloseCode.OVERLOADED, "", parts.retryAfterMillis().getAsLong());
  }

  private void judged(
      Stage.Judging judging, @Nullable Judgement judgement, @Nullable Throwable failure) {
    if (line.isEnded()) {
      return;
    }
    String id = judging.request().id();
    switch (judgement) {
      case Judgement.Accepted accepted -> enter(accepted, judging.request());
      case Judgement.Rejected rejected -> {
        replied(ReplyCode.UNAUTHENTICATED);
        parts.metrics().authFailed(rejected.kind());
        line.outbox().offer(Frames.error(id, ReplyCode.UNAUTHENTICATED, rejected.reason()));
        line.disconnect(CloseCode.UNAUTHENTICATED, rejected.reason(), 0);
      }
      case null -> {
        LOG.debug("peer={} token cannot be judged: {}", connection.peer(), String.valueOf(failure));
        replied(ReplyCode.UNAVAILABLE);
        parts.metrics().authFailed(hindranceKind(failure));
        line.outbox()
            .offer(
                Frames.error(
                    id,
                    ReplyCode.UNAVAILABLE,
                    hindrance(failure),
                    parts.retryAfterMillis().getAsLong()));
        stage = new Stage.Guest(judging.session(), true);
      }
    }
    judging.behind().forEach(bytes -> frame(bytes, 0, bytes.length));
    if (inputEnded) {
      answerAndEnd();
    }
  }

  private static String hindrance(@Nullable Throwable failure) {
    return failure instanceof CannotJudgeException hindered
        ? String.valueOf(hindered.getMessage())
        : "the token cannot be checked now";
  }

  private static AuthFailure hindranceKind(@Nullable Throwable failure) {
    return failure instanceof CannotJudgeException hindered ? hindered.kind() : AuthFailure.ERROR;
  }

  /** Counts the answer to an {@code auth}. */
  private void replied(ReplyCode code) {
    parts.requests().meters(AuthRequest.OP).replied(code);
  }

  private void enter(Judgement.Accepted accepted, AuthRequest request) {
    UserSession session =
        new UserSession(
            new UserSession.Identity(
                parts.sessionIds().get(),
                accepted.user(),
                request.device(),
                accepted.expiresAtMillis()),
            line,
            parts);
    stage = new Stage.Member(session, parts.requests().open(session));
    if (request.id() != null) {
      session.outbox().offer(AuthReply.of(request.id(), session, parts));
    }
    replied(ReplyCode.OK);
    parts.lifecycle().entered(session, request);
  }

  private void memberFrame(Stage.Member member, byte[] bytes, int from, int to) {
    UserSession session = member.session();
    if (session.isLeaving()) {
      return;
    }
    RequestFields request;
    try {
      request = parts.decoder().decode(bytes, from, to - from);
    } catch (ProtocolErrorException e) {
      line.disconnect(CloseCode.PROTOCOL_ERROR, String.valueOf(e.getMessage()), 0);
      return;
    }
    session.began();
    Responder reply =
        new Responder(session, request.replyId(), parts.requests().meters(request.opOrNull()));
    try {
      member.requests().serve(request, reply);
    } catch (BadRequestException e) {
      reply.bad(e);
    } catch (RuntimeException e) {
      reply.broken(e);
    }
  }

  @Override
  public void violation(CloseCode code, String detail) {
    line.disconnect(code, detail, 0);
  }

  @Override
  public void alive() {
    line.heard();
  }

  @Override
  public void inputEnded() {
    inputEnded = true;
    answerAndEnd();
  }

  private void answerAndEnd() {
    switch (stage) {
      case Stage.Guest guest -> line.hangUp();
      case Stage.Judging judging -> {
        // Once the token is judged.
      }
      case Stage.Member member -> member.session().inputEnded();
    }
  }

  @Override
  public void ended() {
    line.gone();
    onEnd.accept(this);
    leave();
  }

  @Override
  public Object who() {
    return stage instanceof Stage.Member member ? member.session() : "session=-";
  }

  @Override
  public void endDecided() {
    leave();
  }

  /** Reports the end of the member to the rest of the edge, once. */
  private void leave() {
    if (stage instanceof Stage.Member member && !left) {
      left = true;
      member.requests().ended();
      parts.lifecycle().left(member.session());
    }
  }

  /**
   * Ends overdue waits.
   *
   * @param steadyMillis the time of the monotonic clock, for the session's waits
   * @param wallMillis the time of day, for the end of tokens
   */
  void sweep(long steadyMillis, long wallMillis) {
    switch (stage) {
      case Stage.Guest guest -> sweep(guest.session(), guest.hindered(), steadyMillis);
      case Stage.Judging judging -> sweep(judging.session(), true, steadyMillis);
      case Stage.Member member -> member.session().sweep(steadyMillis, wallMillis);
    }
  }

  private void sweep(GuestSession guest, boolean hindered, long steadyMillis) {
    if (!guest.isOverdue(steadyMillis)) {
      return;
    }
    if (hindered) {
      line.disconnect(
          CloseCode.OVERLOADED,
          "the token cannot be checked now",
          parts.retryAfterMillis().getAsLong());
    } else {
      parts.metrics().authFailed(AuthFailure.TIMEOUT);
      line.disconnect(CloseCode.UNAUTHENTICATED, "no auth in time", 0);
    }
  }

  /** Sends the client away. */
  void disconnect(CloseCode code, long retryAfterMillis) {
    line.disconnect(code, "", retryAfterMillis);
  }
}
