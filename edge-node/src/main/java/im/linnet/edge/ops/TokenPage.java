package im.linnet.edge.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.schemas.Names;
import im.linnet.schemas.frame.Frames;
import im.linnet.schemas.frame.ReplyCode;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/token}: a token for whoever asks from this machine, and for nobody else. */
final class TokenPage implements Handler<RoutingContext> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TokenIssuer issuer;

  TokenPage(TokenIssuer issuer) {
    this.issuer = issuer;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean own =
        Loopback.isOwn(
            request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
            request.authority() == null ? null : request.authority().toString(),
            request.getHeader("Origin"),
            request.headers().contains("X-Forwarded-For")
                || request.headers().contains("Forwarded"));
    if (!own) {
      answer(
          context,
          403,
          Frames.error(null, ReplyCode.FORBIDDEN, "tokens are given on this machine only"));
      return;
    }
    String user = user(context.body().buffer());
    if (!Names.isUser(user)) {
      answer(
          context,
          400,
          Frames.error(
              null, ReplyCode.BAD_REQUEST, "clientId: 1-64 characters of A-Z a-z 0-9 . _ @ -"));
      return;
    }
    TokenIssuer.Issued issued = issuer.issue(user);
    answer(
        context,
        200,
        Frames.ok(
            null,
            json -> {
              json.writeStringField("token", issued.token());
              json.writeNumberField("expiresAt", issued.expiresAt());
            }));
  }

  private static String user(@Nullable Buffer body) {
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

  private static void answer(RoutingContext context, int status, byte[] json) {
    Answers.json(context, status, json);
  }
}
