package im.linnet.edge.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.schemas.Names;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/token}: tokens for programs on this machine, and for no others. The rationale
 * lists the cases that it can and cannot tell apart.
 */
final class TokenPage implements Handler<RoutingContext> {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int SUPERUSER = 0;

  private final TokenIssuer issuer;
  private final SocketOwner owners;
  private final OptionalInt ownUser;

  /**
   * @param owners finds the user of this machine that asks
   * @param ownUser the user that runs this process
   */
  TokenPage(TokenIssuer issuer, SocketOwner owners, OptionalInt ownUser) {
    this.issuer = issuer;
    this.owners = owners;
    this.ownUser = ownUser;
  }

  /** Answers for a server that gives no tokens. */
  static void refuse(RoutingContext context) {
    forbid(context, "this server gives no tokens");
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    SocketAddress peer = request.remoteAddress();
    Optional<String> foreign =
        Loopback.foreign(
            peer == null ? null : peer.hostAddress(),
            request.authority() == null ? null : request.authority().toString(),
            request.uri(),
            request.version(),
            request.headers());
    if (foreign.isPresent() || peer == null) {
      forbidForeign(context, foreign.orElse(""));
      return;
    }
    int port = request.localAddress().port();
    context
        .vertx()
        .executeBlocking(() -> isOfOtherUser(peer, port))
        .onSuccess(
            other -> {
              if (other) {
                forbidForeign(context, "the program that asks runs as another user of the machine");
              } else {
                give(context);
              }
            })
        .onFailure(context::fail);
  }

  private boolean isOfOtherUser(SocketAddress peer, int port) throws UnknownHostException {
    return ownUser.isPresent()
        && !mayAsk(
            ownUser.getAsInt(),
            owners.of(InetAddress.getByName(peer.hostAddress()), peer.port(), port));
  }

  /**
   * Whether a user of this machine may get tokens for any Linnet user. The superuser may, because
   * the superuser can read the key anyway. If the superuser runs this server, other users may too:
   * browsers and clients run as others.
   *
   * @param own the user that runs this server
   * @param asking the user that asks; empty if the machine does not tell
   */
  static boolean mayAsk(int own, OptionalInt asking) {
    return own == SUPERUSER
        || asking.isEmpty()
        || asking.getAsInt() == SUPERUSER
        || asking.getAsInt() == own;
  }

  private void give(RoutingContext context) {
    String user = user(context.body().buffer());
    if (!Names.isUser(user)) {
      HttpAnswers.json(
          context,
          400,
          Frames.error(
              new BadRequestException(
                  ReplyCode.BAD_REQUEST,
                  null,
                  "clientId",
                  "clientId: must be 1-64 characters of A-Z a-z 0-9 . _ @ -")));
      return;
    }
    TokenIssuer.Issued issued = issuer.issue(user);
    HttpAnswers.json(
        context,
        200,
        Frames.ok(
            null,
            json -> {
              json.writeStringField("token", issued.token());
              json.writeNumberField("expiresAt", issued.expiresAt());
            }));
  }

  /** The user in the body; empty if the body is not exactly such an object. */
  static String user(@Nullable Buffer body) {
    if (body == null) {
      return "";
    }
    try {
      JsonNode json = MAPPER.readTree(body.toString());
      return json.path("clientId").isTextual() ? json.get("clientId").textValue() : "";
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static void forbidForeign(RoutingContext context, String why) {
    forbid(context, "tokens are given to programs on this machine only: " + why);
  }

  private static void forbid(RoutingContext context, String message) {
    HttpAnswers.json(context, 403, Frames.error(null, ReplyCode.FORBIDDEN, message));
  }
}
