package im.linnet.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final SigningSecret SECRET = new SigningSecret(KEY);
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final RSAKey RSA = rsa("r1");
  private static final ECKey EC = ec("e1");
  private static final KeySet KEYS =
      new KeySet("test", () -> set(RSA, EC), Duration.ofHours(1), () -> 1);
  private static final ExecutorService POOL = Executors.newCachedThreadPool();

  static {
    KEYS.start();
  }

  private final JwtVerifier verifier = verifier(SECRET, KEYS);

  private static JwtVerifier verifier(@Nullable SigningSecret secret, KeySet keys) {
    ClaimsJudge claims = new ClaimsJudge(ExpectedClaims.ANY, Duration.ofSeconds(5), CLOCK);
    return new JwtVerifier(secret, new KeySetVerifier(keys, claims, POOL, POOL), claims);
  }

  @AfterAll
  static void stop() {
    KEYS.close();
    POOL.shutdownNow();
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toPublicJWKSet().toString();
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("aa").expirationTime(new Date(NOW + 60_000));
  }

  private static String sign(
      JWSAlgorithm algorithm, @Nullable String id, JWSSigner signer, JWTClaimsSet claims)
      throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static String hs256(JWTClaimsSet claims) throws Exception {
    return sign(JWSAlgorithm.HS256, null, new MACSigner(KEY), claims);
  }

  private Judgement judge(String token) throws Exception {
    return verifier.judge(token).get(10, TimeUnit.SECONDS);
  }

  private void assertRejected(String token, String reason) throws Exception {
    assertThat(judge(token))
        .isInstanceOfSatisfying(
            Judgement.Rejected.class, each -> assertThat(each.reason()).isEqualTo(reason));
  }

  private void assertRejected(String token, AuthFailure kind) throws Exception {
    assertThat(judge(token))
        .isInstanceOfSatisfying(
            Judgement.Rejected.class, each -> assertThat(each.kind()).isEqualTo(kind));
  }

  @Test
  void tellsApartWhyATokenIsNotGood() throws Exception {
    String good = hs256(claims().build());
    assertRejected(good.substring(0, good.length() - 6) + "AAAAAA", AuthFailure.BAD_SIGNATURE);
    assertRejected(
        sign(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa("r1")), claims().build()),
        AuthFailure.BAD_SIGNATURE);
    assertRejected(
        hs256(claims().expirationTime(new Date(NOW - 6_000)).build()), AuthFailure.EXPIRED);
    assertRejected(
        hs256(claims().notBeforeTime(new Date(NOW + 6_000)).build()), AuthFailure.NOT_YET_VALID);
    assertRejected(hs256(claims().expirationTime(null).build()), AuthFailure.MISSING_CLAIM);
    assertRejected(hs256(claims().subject("a b").build()), AuthFailure.BAD_SUBJECT);
    assertRejected("x", AuthFailure.MALFORMED);
    assertRejected("x".repeat(1 << 20), AuthFailure.MALFORMED);
    assertRejected(new PlainJWT(claims().build()).serialize(), AuthFailure.MALFORMED);
    assertRejected(
        sign(JWSAlgorithm.RS384, "r1", new RSASSASigner(RSA), claims().build()),
        AuthFailure.UNSUPPORTED);
  }

  @Test
  void acceptsAGoodTokenOfEachKind() throws Exception {
    Judgement good = new Judgement.Accepted("aa", NOW + 65_000);
    assertThat(judge(hs256(claims().build()))).isEqualTo(good);
    assertThat(judge(sign(JWSAlgorithm.RS256, "r1", new RSASSASigner(RSA), claims().build())))
        .isEqualTo(good);
    assertThat(judge(sign(JWSAlgorithm.ES256, "e1", new ECDSASigner(EC), claims().build())))
        .isEqualTo(good);
    assertThat(judge(sign(JWSAlgorithm.ES256, null, new ECDSASigner(EC), claims().build())))
        .isEqualTo(good);
  }

  @Test
  void rejectsAForgedToken() throws Exception {
    String token = hs256(claims().build());
    assertRejected(
        token.substring(0, token.length() - 6) + "AAAAAA", "the signature does not match");
    assertRejected(
        sign(
            JWSAlgorithm.HS256,
            null,
            new MACSigner("another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII)),
            claims().build()),
        "the signature does not match");
    assertRejected(
        sign(JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa("r1")), claims().build()),
        "the signature does not match");
  }

  @Test
  void rejectsAnHs256TokenSignedWithAPublicKey() throws Exception {
    // The classic confusion: the RSA key's public half taken as a shared secret.
    String token =
        sign(
            JWSAlgorithm.HS256,
            "r1",
            new MACSigner(RSA.toRSAPublicKey().getEncoded()),
            claims().build());
    assertRejected(token, "the signature does not match");
    assertThat(verifier(null, KEYS).judge(token).get(10, TimeUnit.SECONDS))
        .isEqualTo(
            new Judgement.Rejected(
                AuthFailure.UNSUPPORTED, "the token's algorithm is not accepted here"));
  }

  @Test
  void rejectsOtherAlgorithmsAndNone() throws Exception {
    assertRejected(
        sign(JWSAlgorithm.RS512, "r1", new RSASSASigner(RSA), claims().build()),
        "the token's algorithm is not accepted here");
    assertRejected(new PlainJWT(claims().build()).serialize(), "the token is not a signed JWT");
  }

  @Test
  void rejectsWhatIsNoToken() throws Exception {
    for (String text : List.of("", "x", "a.b.c", "..", "é".repeat(9), "a".repeat(20_000))) {
      assertThat(judge(text)).as(text).isInstanceOf(Judgement.Rejected.class);
    }
  }

  private static String withHeader(String header) throws Exception {
    return withHeader(header.getBytes(StandardCharsets.UTF_8));
  }

  private static String withHeader(byte[] header) throws Exception {
    String input =
        ENCODER.encodeToString(header)
            + "."
            + base64("{\"sub\":\"aa\",\"exp\":" + (NOW / 1_000 + 60) + "}");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    return input
        + "."
        + ENCODER.encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsHeadersStrictly() throws Exception {
    for (String good :
        List.of(
            "{\"alg\":\"HS256\"}",
            "{\"alg\":\"HS256\",\"typ\":\"jwt\",\"kid\":\"any\",\"own\":7}",
            "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}")) {
      assertThat(judge(withHeader(good))).as(good).isInstanceOf(Judgement.Accepted.class);
    }
    for (String bad :
        List.of(
            "{}",
            "[]",
            "7",
            "{\"alg\":null}",
            "{\"alg\":7}",
            "{\"alg\":\"none\"}",
            "{\"alg\":\"None\"}",
            "{\"alg\":\"hs256\"}",
            "{\"alg\":\"HS384\"}",
            "{\"alg\":\"HS512\"}",
            "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
            "{\"alg\":\"HS256\",\"typ\":7}",
            "{\"alg\":\"HS256\",\"typ\":\"logout+jwt\"}",
            "{\"alg\":\"HS256\",\"crit\":[]}",
            "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
            "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
            "{\"alg\":\"HS256\",\"b64\":false}",
            "{\"alg\":\"HS256\",\"kid\":7}",
            "\ufeff{\"alg\":\"HS256\"}",
            "{\"alg\":\"HS256\",\"x\":{\"a\":1,\"a\":2}}",
            "{\"alg\":\"HS256\"} ,")) {
      assertThat(judge(withHeader(bad))).as(bad).isInstanceOf(Judgement.Rejected.class);
    }
  }

  @Test
  void readsNoHeaderThatIsNotUtf8() throws Exception {
    byte[] header = "{\"alg\":\"HS256\",\"x\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertRejected(withHeader(header), "the header's members cannot be read");
  }

  @Test
  void takesOneSpellingOfATokenOnly() throws Exception {
    String good = hs256(claims().build());
    assertThat(judge(good)).isInstanceOf(Judgement.Accepted.class);
    String last = good.substring(good.length() - 1);
    // The last of 43 characters carries 4 bits of the signature and 2 that stand for nothing.
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    String same = alphabet.substring(alphabet.indexOf(last) + 1, alphabet.indexOf(last) + 2);
    for (String other :
        List.of(
            " " + good,
            good + "\n",
            good + "=",
            good + "!",
            good + ".",
            "." + good,
            good.replaceFirst("\\.", " ."),
            good.replaceFirst("\\.", "=."),
            good.substring(0, good.length() - 1) + same,
            good.substring(0, good.lastIndexOf('.') + 1),
            good + "A",
            good + "AAAA")) {
      assertThat(judge(other)).as(other).isInstanceOf(Judgement.Rejected.class);
    }
  }

  @Test
  void neverTakesAnHs256TokenForAKeyOfTheSetNorTheOtherWayRound() throws Exception {
    JWTClaimsSet claims = claims().build();
    for (byte[] half :
        List.of(
            RSA.toRSAPublicKey().getEncoded(),
            RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
            EC.toECPublicKey().getEncoded())) {
      String token = sign(JWSAlgorithm.HS256, "r1", new MACSigner(half), claims);
      assertRejected(token, "the signature does not match");
    }
    OctetSequenceKey oct =
        new OctetSequenceKey.Builder(KEY).keyID("o1").algorithm(JWSAlgorithm.HS256).build();
    try (KeySet keys =
        new KeySet(
            "test",
            () -> "{\"keys\":[" + RSA.toPublicJWK() + "," + oct + "]}",
            Duration.ofHours(1),
            () -> 1)) {
      keys.start();
      assertThat(
              verifier(null, keys)
                  .judge(sign(JWSAlgorithm.HS256, "o1", new MACSigner(KEY), claims))
                  .get(10, TimeUnit.SECONDS))
          .isEqualTo(
              new Judgement.Rejected(
                  AuthFailure.UNSUPPORTED, "the token's algorithm is not accepted here"));
    }
  }

  @Test
  void cannotJudgeWhatItsWorkersHaveNoRoomFor() throws Exception {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    ClaimsJudge claims = new ClaimsJudge(ExpectedClaims.ANY, Duration.ZERO, CLOCK);
    String known = sign(JWSAlgorithm.RS256, "r1", new RSASSASigner(RSA), claims().build());
    String unknown = sign(JWSAlgorithm.RS256, "r9", new RSASSASigner(RSA), claims().build());
    assertThat(
            new JwtVerifier(null, new KeySetVerifier(KEYS, claims, full, POOL), claims)
                .judge(known))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(CannotJudgeException.class)
        .satisfies(
            each ->
                assertThat(((CannotJudgeException) each.getCause()).kind())
                    .isEqualTo(AuthFailure.BUSY))
        .withMessageContaining("too many tokens");
    JwtVerifier other = new JwtVerifier(null, new KeySetVerifier(KEYS, claims, POOL, full), claims);
    // Tokens of known keys do not wait for those whose keys are looked for.
    assertThat(other.judge(known).get(10, TimeUnit.SECONDS)).isInstanceOf(Judgement.Accepted.class);
    assertThat(other.judge(unknown))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(CannotJudgeException.class);
  }

  @Test
  void checksSignaturesOfTheSetOffTheCallersThread() throws Exception {
    ClaimsJudge claims = new ClaimsJudge(ExpectedClaims.ANY, Duration.ZERO, CLOCK);
    Deque<Runnable> tasks = new ArrayDeque<>();
    JwtVerifier lazy =
        new JwtVerifier(SECRET, new KeySetVerifier(KEYS, claims, tasks::add, tasks::add), claims);
    var judgement =
        lazy.judge(sign(JWSAlgorithm.ES256, "e1", new ECDSASigner(EC), claims().build()));
    assertThat(judgement).isNotDone();
    assertThat(lazy.judge(hs256(claims().build()))).isDone();
    tasks.pop().run();
    assertThat(judgement.get()).isInstanceOf(Judgement.Accepted.class);
  }
}
