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
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.edge.SigningSecret;
import im.linnet.edge.auth.TokenVerifier.Judgement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final SigningSecret SECRET = new SigningSecret(KEY);
  private static final RSAKey RSA = rsa("r1");
  private static final ECKey EC = ec("e1");
  private static final AtomicInteger reads = new AtomicInteger();
  private static volatile String published = set(RSA, EC);
  private static final KeySet KEYS =
      new KeySet(
          "test",
          () -> {
            reads.incrementAndGet();
            return published;
          },
          Duration.ofHours(1),
          CLOCK);

  static {
    KEYS.start();
  }

  private final JwtVerifier verifier = new JwtVerifier(SECRET, KEYS, Duration.ofSeconds(5), CLOCK);

  @AfterAll
  static void stop() {
    KEYS.close();
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
    assertThat(judge(token)).isEqualTo(new Judgement.Rejected(reason));
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
  void rejectsAnExpiredTokenBeyondTheLeeway() throws Exception {
    assertRejected(
        hs256(claims().expirationTime(new Date(NOW - 5_000)).build()), "the token has expired");
    assertThat(judge(hs256(claims().expirationTime(new Date(NOW - 4_000)).build())))
        .isInstanceOf(Judgement.Accepted.class);
  }

  @Test
  void rejectsATokenThatIsNotValidYet() throws Exception {
    assertRejected(
        hs256(claims().notBeforeTime(new Date(NOW + 6_000)).build()), "the token is not valid yet");
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
    assertThat(
            new JwtVerifier(null, KEYS, Duration.ZERO, CLOCK)
                .judge(token)
                .get(10, TimeUnit.SECONDS))
        .isEqualTo(new Judgement.Rejected("the token's algorithm is not accepted here"));
  }

  @Test
  void rejectsOtherAlgorithmsAndNone() throws Exception {
    assertRejected(
        sign(JWSAlgorithm.RS512, "r1", new RSASSASigner(RSA), claims().build()),
        "the token's algorithm is not accepted here");
    assertRejected(new PlainJWT(claims().build()).serialize(), "the token is not a signed JWT");
  }

  @Test
  void rejectsMissingOrImpossibleClaims() throws Exception {
    assertRejected(hs256(new JWTClaimsSet.Builder().subject("aa").build()), "exp is missing");
    assertRejected(hs256(claims().subject(null).build()), "sub is not a user name");
    assertRejected(hs256(claims().subject("a b").build()), "sub is not a user name");
    assertRejected(hs256(claims().subject("").build()), "sub is not a user name");
  }

  @Test
  void rejectsWhatIsNoToken() throws Exception {
    for (String text : List.of("", "x", "a.b.c", "..", "é".repeat(9), "a".repeat(20_000))) {
      assertThat(judge(text)).as(text).isInstanceOf(Judgement.Rejected.class);
    }
  }

  @Test
  void looksOnceForAKeyThatItDoesNotKnow() throws Exception {
    RSAKey fresh = rsa("r2");
    published = set(RSA, EC, fresh);
    String token = sign(JWSAlgorithm.RS256, "r2", new RSASSASigner(fresh), claims().build());
    assertThat(judge(token)).isInstanceOf(Judgement.Accepted.class);
    int before = reads.get();
    for (int i = 0; i < 20; i++) {
      assertThat(
              judge(
                  sign(JWSAlgorithm.RS256, "r" + (i + 9), new RSASSASigner(RSA), claims().build())))
          .isInstanceOf(Judgement.Rejected.class);
    }
    assertThat(reads.get()).isEqualTo(before);
  }

  @Test
  void cannotJudgeATokenOfAKeyThatItCannotLookFor() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    String token = sign(JWSAlgorithm.RS256, "r3", new RSASSASigner(RSA), claims().build());
    try (KeySet keys =
        new KeySet(
            "test",
            () -> {
              if (looks.getAndIncrement() > 0) {
                throw new IOException("away");
              }
              return set(RSA);
            },
            Duration.ofHours(1),
            CLOCK)) {
      keys.start();
      JwtVerifier other = new JwtVerifier(null, keys, Duration.ZERO, CLOCK);
      // The second one by the same failed look.
      for (int i = 0; i < 2; i++) {
        assertThat(other.judge(token))
            .failsWithin(Duration.ofSeconds(10))
            .withThrowableThat()
            .withMessageContaining("away");
      }
      assertThat(looks).hasValue(2);
    }
  }
}
