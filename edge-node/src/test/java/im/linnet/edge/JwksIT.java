package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.EdgeWorld.Transport;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.KeysUnavailableException;
import im.linnet.edge.config.AuthSettings;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.testkit.RawClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys by URL: a real HTTP server publishes them, real clients come with tokens. */
class JwksIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private static EdgeWorld world;
  private static RSAKey rsa;
  private static ECKey ec;

  private KeyServer server;

  @BeforeAll
  static void start() throws JOSEException {
    world = new EdgeWorld();
    rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void publish() {
    server = new KeyServer();
    server.publish(rsa, ec);
  }

  @AfterEach
  void unpublish() {
    server.close();
  }

  @Test
  void tokensOfThePublishedKeysAreGoodAndOthersAreNot() throws Exception {
    EdgeNode edge = world.start(config("keys", Duration.ofMinutes(10)));
    assertThat(statusOfTokenRequest(edge)).isEqualTo(403);
    assertThat(code(edge, token(rsa, JWSAlgorithm.RS256))).isZero();
    assertThat(code(edge, token(ec, JWSAlgorithm.ES256))).isZero();
    RSAKey alien = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    assertThat(code(edge, token(alien, JWSAlgorithm.RS256))).isEqualTo(4001);
    // Signed by a key of the set, but for another application.
    assertThat(code(edge, token(rsa, JWSAlgorithm.RS256, "elsewhere"))).isEqualTo(4001);
    // The edge knows no secret, so what is signed with one is nobody's.
    assertThat(code(edge, EdgeWorld.token("aa"))).isEqualTo(4001);
  }

  @Test
  void newKeyIsGoodWithItsFirstTokenAndTheWithdrawnOneIsNoLonger() throws JOSEException {
    EdgeNode edge = world.start(config("rotation", Duration.ofMinutes(10)));
    assertThat(code(edge, token(rsa, JWSAlgorithm.RS256))).isZero();
    RSAKey next = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
    server.publish(next);
    assertThat(code(edge, token(next, JWSAlgorithm.RS256))).isZero();
    // 5003 while the set may not be read again: the key may be one that has just been added.
    assertThat(code(edge, token(rsa, JWSAlgorithm.RS256))).isIn(4001, 5003);
  }

  @Test
  void keysBesideOddOnesAreGoodAndAKeyRotatedInTooEarlyIsNotRefusedForGood() throws JOSEException {
    server.publishText(
        "{\"keys\":[5,{\"kty\":\"EC\",\"kid\":\"bp\",\"crv\":\"BP-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"},%s]}"
            .formatted(rsa.toPublicJWK()));
    EdgeNode edge = world.start(config("odd", Duration.ofMinutes(10)));
    assertThat(code(edge, token(rsa, JWSAlgorithm.RS256))).isZero();
    // The start has used up one look of this window, and this token uses up the other.
    assertThat(code(edge, token(ec, JWSAlgorithm.ES256))).isEqualTo(4001);
    server.publish(rsa, ec);
    try (RawClient client = EdgeWorld.connect(edge, Transport.WEBSOCKET)) {
      JsonNode early = client.request(auth(token(ec, JWSAlgorithm.ES256)));
      assertThat(early.path("code").asInt()).isEqualTo(5003);
      assertThat(early.path("data").path("retryAfter").asLong()).isPositive();
      // The session is still open, and may try again.
      String again =
          auth(token(rsa, JWSAlgorithm.RS256)).replace("\"id\":\"auth\"", "\"id\":\"2\"");
      assertThat(client.request(again).path("code").asInt()).isZero();
    }
    await().atMost(PATIENCE).until(() -> code(edge, token(ec, JWSAlgorithm.ES256)) == 0);
  }

  @Test
  void edgeDoesNotStartWithoutKeys() {
    EdgeConfig config = config("none", REFRESH);
    server.close();
    assertThatThrownBy(() -> world.start(config))
        .isInstanceOf(KeysUnavailableException.class)
        .hasMessageContaining("nothing listens there")
        .hasMessageContaining(server.url());
  }

  @Test
  void keysThatCannotBeReadAnewStayGoodAndTheEdgeSaysSo() throws Exception {
    EdgeNode edge = world.start(config("later", REFRESH));
    server.fail();
    await().atMost(PATIENCE).until(() -> keys(edge).path("reason").asText().contains("key set"));
    assertThat(keys(edge).path("reason").asText()).contains("503");
    // All edges lack the same server; none of them is worse than another.
    assertThat(edge.check()).isEmpty();
    assertThat(code(edge, token(rsa, JWSAlgorithm.RS256))).isZero();
    server.publish(rsa, ec);
    await().atMost(PATIENCE).until(() -> keys(edge).path("ok").asBoolean());
  }

  @Test
  void tokenOfANewKeyIsNotRefusedWhileTheServerIsAway() throws JOSEException {
    EdgeNode edge = world.start(config("away", REFRESH));
    RSAKey next = new RSAKeyGenerator(2048).keyID("rsa-3").generate();
    String token = token(next, JWSAlgorithm.RS256);
    server.fail();
    assertThat(code(edge, token)).isEqualTo(5003);
    assertThat(code(edge, token)).isEqualTo(5003);
    server.publish(next);
    await().atMost(PATIENCE).until(() -> code(edge, token) == 0);
  }

  @Test
  void answerThatStandsStillIsGivenUp() throws Exception {
    EdgeNode edge = world.start(config("still", REFRESH));
    server.stall();
    await().atMost(PATIENCE).until(() -> keys(edge).path("reason").asText().contains("key set"));
    assertThat(code(edge, token(ec, JWSAlgorithm.ES256))).isZero();
    server.publish(rsa, ec);
    await().atMost(PATIENCE).until(() -> keys(edge).path("ok").asBoolean());
  }

  /** What the edge says of its key set. */
  private static JsonNode keys(EdgeNode edge) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String health =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + edge.httpPort() + "/health/ready"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return new ObjectMapper().readTree(health).path("checks").path("keys");
    }
  }

  private static int statusOfTokenRequest(EdgeNode edge) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + edge.httpPort() + "/v1/token"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"clientId\":\"aa\"}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private EdgeConfig config(String edge, Duration refresh) {
    AuthSettings auth =
        new AuthSettings(
            null,
            server.url(),
            refresh,
            ExpectedClaims.audience("linnet"),
            Duration.ZERO,
            false,
            Duration.ofDays(30));
    return EdgeConfig.of(edge, auth)
        .withListeners(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0));
  }

  private static int code(EdgeNode edge, String token) {
    try (RawClient client = EdgeWorld.connect(edge, Transport.TCP)) {
      return client.request(auth(token)).path("code").asInt(-1);
    }
  }

  private static String auth(String token) {
    return "{\"id\":\"auth\",\"op\":\"auth\",\"token\":\"%s\"}".formatted(token);
  }

  private static String token(JWK key, JWSAlgorithm algorithm) throws JOSEException {
    return token(key, algorithm, "linnet");
  }

  private static String token(JWK key, JWSAlgorithm algorithm, String audience)
      throws JOSEException {
    JWSSigner signer =
        key instanceof RSAKey rsaKey
            ? new RSASSASigner(rsaKey)
            : new ECDSASigner(((ECKey) key).toECPrivateKey());
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .subject("aa")
                .audience(List.of("another", audience))
                .expirationTime(Date.from(Instant.now().plusSeconds(3_600)))
                .build());
    jwt.sign(signer);
    return jwt.serialize();
  }
}
