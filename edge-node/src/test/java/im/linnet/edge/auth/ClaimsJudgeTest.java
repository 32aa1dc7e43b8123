package im.linnet.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.edge.auth.TokenVerifier.Judgement;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsJudgeTest {
  private static final long NOW = 1_800_000_000L;
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
  private static final long A_THOUSAND_YEARS = 1_000L * 366 * 86_400_000;

  private ExpectedClaims expected = ExpectedClaims.ANY;

  private Judgement.Accepted judge(String claims) throws BadTokenException {
    return new ClaimsJudge(expected, Duration.ofSeconds(5), CLOCK)
        .judge(claims.getBytes(StandardCharsets.UTF_8));
  }

  private void assertRefused(String claims, String reason) {
    assertThatThrownBy(() -> judge(claims))
        .as(claims)
        .isInstanceOf(BadTokenException.class)
        .hasMessage(reason);
  }

  private static String until(String exp) {
    return "{\"sub\":\"aa\",\"exp\":" + exp + "}";
  }

  private static String with(String claim) {
    return "{\"sub\":\"aa\",\"exp\":1900000000," + claim + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "18446744073709551001",
        "7",
        "1.5",
        "true",
        "null",
        "{\"a\":1}",
        "[\"aa\"]",
        "\"\"",
        "\"a b\"",
        "\"a\\u0000\"",
        "\"aa\\n\"",
        "\"é\"",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""
      })
  void aSubThatIsNoTextOfAUserNameIsNobodys(String sub) {
    assertRefused("{\"sub\":" + sub + ",\"exp\":1900000000}", "sub is not a user name");
  }

  @Test
  void aMissingSubIsNobodys() {
    assertRefused("{\"exp\":1900000000}", "sub is not a user name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"aa\",\"sub\":\"bb\",\"exp\":1900000000}",
        "{\"sub\":\"aa\",\"sub\":\"aa\",\"exp\":1900000000}",
        "{\"sub\":\"aa\",\"exp\":1,\"exp\":1900000000}",
        "{\"sub\":\"aa\",\"exp\":1900000000,\"s\\u0075b\":\"bb\"}",
        "{\"sub\":\"aa\",\"exp\":1900000000,\"x\":{\"y\":1,\"y\":2}}",
        "{\"sub\":\"aa\",\"exp\":1900000000} {}",
        "{\"sub\":\"aa\",\"exp\":1900000000}}",
        "{\"sub\":\"aa\",\"exp\":NaN}",
        "{\"sub\":\"aa\",\"exp\":0x77359400}",
        "{\"sub\":\"aa\",\"exp\":01900000000}",
        "{'sub':\"aa\",\"exp\":1900000000}",
        "\uFEFF{\"sub\":\"aa\",\"exp\":1900000000}",
        "{\"sub\":\"aa\",\"exp\":1900000000"
      })
  void claimsOfTwoReadingsAreNotRead(String claims) {
    assertRefused(claims, "the claims cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "\"aa\"", ""})
  void whatIsNoObjectHasNoClaims(String claims) {
    assertRefused(claims, "the claims are not a JSON object");
  }

  @Test
  void bytesThatAreNoUtf8AreNotRead() {
    byte[] claims = with("\"x\":\"?\"").getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < claims.length; i++) {
      if (claims[i] == '?') {
        claims[i] = (byte) 0xFF;
      }
    }
    assertThatThrownBy(() -> new ClaimsJudge(expected, Duration.ZERO, CLOCK).judge(claims))
        .hasMessage("the claims cannot be read");
  }

  @Test
  void textsOfOtherEncodingsAreNotGuessed() {
    byte[] claims = until("1900000000").getBytes(StandardCharsets.UTF_16BE);
    assertThatThrownBy(() -> new ClaimsJudge(expected, Duration.ZERO, CLOCK).judge(claims))
        .isInstanceOf(BadTokenException.class);
  }

  @Test
  void anEndIsCountedWithTheLeewayAndInFractions() throws BadTokenException {
    assertThat(judge(until("1800000060")).expiresAtMillis()).isEqualTo(1_800_000_065_000L);
    assertThat(judge(until("1800000060.25")).expiresAtMillis()).isEqualTo(1_800_000_065_250L);
    assertThat(judge(until("1.80000006e9")).expiresAtMillis()).isEqualTo(1_800_000_065_000L);
    assertThat(judge(until("1799999995.1")).user()).isEqualTo("aa");
    assertRefused(until("1799999995"), "the token has expired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775807",
        "9223372036854775",
        "9223372036854776",
        "18446744073709551616",
        "1e18",
        "1e300",
        "1e400",
        "1e999999999999",
        "99999999999999999999999999999999999999999999999999999999999999999999999999999999"
      })
  void anEndFarAwayIsFarAway(String exp) throws BadTokenException {
    long end = judge(until(exp)).expiresAtMillis();
    assertThat(end)
        .isGreaterThan(NOW * 1_000 + A_THOUSAND_YEARS)
        .isLessThan(Long.MAX_VALUE - A_THOUSAND_YEARS);
  }

  @Test
  void anEndOfThousandsOfDigitsIsFarAway() throws BadTokenException {
    assertThat(judge(until("9".repeat(5_000))).user()).isEqualTo("aa");
    assertRefused(until("-" + "9".repeat(5_000)), "the token has expired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1e16",
        "-1e300",
        "-1e400",
        "-9223372036854775808",
        "-9223372036854775",
        "-18446744073709551616",
        "-1",
        "0",
        "-0.0",
        "1e-400",
        "1e-999999999999"
      })
  void anEndLongAgoIsPast(String exp) {
    assertRefused(until(exp), "the token has expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1900000000\"", "null", "true", "[1900000000]", "{}", "\"\""})
  void aTimeIsANumber(String time) {
    assertRefused(until(time), "exp is not a number");
    assertRefused(with("\"nbf\":" + time), "nbf is not a number");
  }

  @Test
  void aTokenWithoutEndIsRefused() {
    assertRefused("{\"sub\":\"aa\"}", "exp is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e30", "1e400", "9223372036854775807", "9223372036854776", "1800000006"})
  void aBeginningToComeIsNotYet(String nbf) {
    assertRefused(with("\"nbf\":" + nbf), "the token is not valid yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1e30", "-1e400", "0", "-9223372036854775808", "1800000005"})
  void aBeginningThatWasCounts(String nbf) throws BadTokenException {
    assertThat(judge(with("\"nbf\":" + nbf)).user()).isEqualTo("aa");
  }

  @Test
  void claimsThatAreNotUsedMayHoldAnything() throws BadTokenException {
    assertThat(
            judge(with("\"iat\":\"x\",\"jti\":7,\"iss\":{},\"aud\":null,\"own\":1e99999999999"))
                .user())
        .isEqualTo("aa");
  }

  @Test
  void theIssuerIsOneOfThoseThatCount() throws BadTokenException {
    expected = new ExpectedClaims(List.of("https://idp.example/", "app", "7"), List.of());
    assertThat(judge(with("\"iss\":\"app\"")).user()).isEqualTo("aa");
    assertThat(judge(with("\"iss\":\"7\"")).user()).isEqualTo("aa");
    assertThat(judge(with("\"iss\":\"https://idp.example/\"")).user()).isEqualTo("aa");
    for (String iss :
        List.of(
            "\"iss\":\"https://idp.example\"",
            "\"iss\":\"App\"",
            "\"iss\":\" app\"",
            "\"iss\":\"\"",
            "\"iss\":[\"app\"]",
            "\"iss\":7",
            "\"iss\":null",
            "\"issuer\":\"app\"")) {
      assertRefused(with(iss), "iss is not an issuer whose tokens count here");
    }
  }

  @Test
  void theAudienceHoldsOneOfOurs() throws BadTokenException {
    expected = new ExpectedClaims(List.of(), List.of("linnet", "chat", "7"));
    for (String aud :
        List.of(
            "\"linnet\"",
            "\"7\"",
            "[\"chat\"]",
            "[\"x\",\"linnet\"]",
            "[\"linnet\",\"x\"]",
            "[\"linnet\",\"linnet\"]")) {
      assertThat(judge(with("\"aud\":" + aud)).user()).isEqualTo("aa");
    }
    for (String aud :
        List.of(
            "\"x\"",
            "\"Linnet\"",
            "\"linnet \"",
            "\"\"",
            "[]",
            "[\"x\"]",
            "[\"linnet\",7]",
            "[7,\"linnet\"]",
            "[null,\"linnet\"]",
            "[7]",
            "[[\"linnet\"]]",
            "{\"linnet\":true}",
            "7",
            "null")) {
      assertRefused(
          with("\"aud\":" + aud), "aud does not say that the token is meant for this service");
    }
    assertRefused(
        with("\"audience\":\"linnet\""),
        "aud does not say that the token is meant for this service");
  }

  @Test
  void bothAreAskedForWhereBothAreGiven() throws BadTokenException {
    expected = new ExpectedClaims(List.of("app"), List.of("linnet"));
    assertThat(judge(with("\"iss\":\"app\",\"aud\":\"linnet\"")).user()).isEqualTo("aa");
    assertThatThrownBy(() -> judge(with("\"iss\":\"app\""))).hasMessageStartingWith("aud");
    assertThatThrownBy(() -> judge(with("\"aud\":\"linnet\""))).hasMessageStartingWith("iss");
  }

  private void assertKind(String claims, AuthFailure kind) {
    assertThatThrownBy(() -> judge(claims))
        .as(claims)
        .isInstanceOfSatisfying(
            BadTokenException.class, each -> assertThat(each.kind()).isEqualTo(kind));
  }

  @Test
  void tellsApartWhyNobodyIsLetIn() {
    expected = new ExpectedClaims(List.of("us"), List.of("chat"));
    String rest = "\"iss\":\"us\",\"aud\":\"chat\"";
    assertKind("[]", AuthFailure.MALFORMED);
    assertKind("{", AuthFailure.MALFORMED);
    assertKind("{\"sub\":\"aa\",\"exp\":\"1\"," + rest + "}", AuthFailure.MALFORMED);
    assertKind("{\"sub\":\"aa\",\"exp\":1," + rest + "}", AuthFailure.EXPIRED);
    assertKind(with("\"nbf\":1900000000," + rest), AuthFailure.NOT_YET_VALID);
    assertKind("{\"sub\":7,\"exp\":1900000000," + rest + "}", AuthFailure.BAD_SUBJECT);
    assertKind("{\"exp\":1900000000," + rest + "}", AuthFailure.MISSING_CLAIM);
    assertKind("{\"sub\":\"aa\"," + rest + "}", AuthFailure.MISSING_CLAIM);
    assertKind(with("\"aud\":\"chat\""), AuthFailure.MISSING_CLAIM);
    assertKind(with("\"iss\":\"us\""), AuthFailure.MISSING_CLAIM);
    assertKind(with("\"iss\":\"them\",\"aud\":\"chat\""), AuthFailure.WRONG_ISSUER);
    assertKind(with("\"iss\":7,\"aud\":\"chat\""), AuthFailure.WRONG_ISSUER);
    assertKind(with("\"iss\":\"us\",\"aud\":\"mail\""), AuthFailure.WRONG_AUDIENCE);
  }
}
