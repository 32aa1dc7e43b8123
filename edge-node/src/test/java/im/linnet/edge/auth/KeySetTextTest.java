package im.linnet.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTextTest {
  private static RSAKey rsa;
  private static ECKey ec;

  @BeforeAll
  static void generate() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("r").generate().toPublicJWK();
    ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate().toPublicJWK();
  }

  private static String set(Object... keys) {
    StringBuilder text = new StringBuilder("{\"keys\":[");
    for (Object key : keys) {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ",").append(key);
    }
    return text.append("]}").toString();
  }

  private static String rsa(String id, String members) {
    return "{\"kty\":\"RSA\",\"kid\":\"%s\",\"e\":\"AQAB\",\"n\":\"%s\"%s}"
        .formatted(id, rsa.getModulus(), members);
  }

  private static String ec(String curve, String x, Object y) {
    return "{\"kty\":\"EC\",\"kid\":\"odd\",\"crv\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
        .formatted(curve, x, y);
  }

  private static List<String> odd(Object key) throws KeySetUnusableException {
    KeySetText text = KeySetText.parse(set(rsa, key, ec));
    assertThat(text.keys())
        .as("those beside " + key)
        .extracting(each -> each.jwk().getKeyID())
        .containsExactly("r", "e");
    return text.odd();
  }

  @Test
  void takesWhatIsGood() throws KeySetUnusableException {
    KeySetText text =
        KeySetText.parse(
            set(
                rsa,
                ec,
                rsa("1", ",\"use\":\"sig\",\"alg\":\"RS256\""),
                rsa("2", ",\"key_ops\":[\"verify\"],\"own\":{}")));
    assertThat(text.keys())
        .extracting(each -> each.jwk().getKeyID(), each -> each.algorithm().getName())
        .map(Object::toString)
        .containsExactly(
            "(\"r\", \"RS256\")", "(\"e\", \"ES256\")", "(\"1\", \"RS256\")", "(\"2\", \"RS256\")");
    assertThat(text.odd()).isEmpty();
  }

  @Test
  void anOddKeyIsLeftOutAndNamedAndThoseBesideItAreGood() throws Exception {
    String odd = "odd";
    for (Object key :
        List.of(
            ec("BP-256", "AAAA", "AAAA"),
            ec("P-256", "AAAA", "AAAA"),
            ec("P-256", ec.getX().toString(), ec.getX()),
            ec("P-384", ec.getX().toString(), ec.getY()),
            ec("", ec.getX().toString(), ec.getY()),
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"AQAB\"}",
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"AQAB\",\"n\":\"\"}",
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"AQAB\",\"n\":7}",
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"n\":\"" + rsa.getModulus() + "\"}",
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"AQ\",\"n\":\"" + rsa.getModulus() + "\"}",
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"Ag\",\"n\":\"" + rsa.getModulus() + "\"}",
            "{\"kty\":\"RSA\",\"kid\":\"odd\",\"e\":\"AQAB\",\"n\":\"" + "_".repeat(2_000) + "\"}",
            new RSAKeyGenerator(1024, true).keyID(odd).generate().toPublicJWK(),
            rsa(odd, ",\"key_ops\":[\"foo\"]"),
            rsa(odd, ",\"key_ops\":\"verify\""),
            rsa(odd, ",\"key_ops\":[\"sign\"]"),
            rsa(odd, ",\"key_ops\":[]"),
            rsa(odd, ",\"use\":7"),
            rsa(odd, ",\"alg\":\"RS512\""),
            rsa(odd, ",\"alg\":\"ES256\""),
            rsa(odd, ",\"alg\":\"none\""),
            rsa(odd, ",\"alg\":7"),
            rsa(odd, ",\"x5c\":[\"x\"]"),
            "{\"kty\":\"oct\",\"kid\":\"odd\",\"k\":\"" + "A".repeat(43) + "\"}",
            "{\"kty\":\"OKP\",\"kid\":\"odd\",\"crv\":\"Ed25519\",\"x\":\""
                + "A".repeat(43)
                + "\"}",
            "{\"kty\":\"foo\",\"kid\":\"odd\"}",
            "{\"kty\":7,\"kid\":\"odd\"}",
            "{\"kid\":\"odd\"}")) {
      assertThat(odd(key)).as(key.toString()).singleElement().asString().contains("kid 'odd'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "\"x\"", "[]", "true", "{}"})
  void whatHasNoKidIsNamedByItsPlace(String key) throws KeySetUnusableException {
    assertThat(odd(key)).singleElement().asString().startsWith("key 2 (without kid) is left out: ");
  }

  @Test
  void aKidThatIsNoTextIsLeftOut() throws KeySetUnusableException {
    assertThat(odd("{\"kty\":\"RSA\",\"kid\":7,\"e\":\"AQAB\",\"n\":\"" + rsa.getModulus() + "\"}"))
        .singleElement()
        .asString()
        .contains("kid '7'");
  }

  @Test
  void aKeyForEncryptionIsPassedOverInSilence() throws KeySetUnusableException {
    assertThat(odd(rsa("c", ",\"use\":\"enc\",\"alg\":\"RSA-OAEP\""))).isEmpty();
  }

  @Test
  void aNameOfTheSetWritesNoLinesOfTheLog() throws KeySetUnusableException {
    String line =
        odd("{\"kty\":\"foo\",\"kid\":\"a\\nERROR b\\u202e" + "x".repeat(5_000) + "\"}").getFirst();
    assertThat(line).contains("kid 'a?ERROR b?x").hasSizeLessThan(200).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[]",
        "7",
        "null",
        "<html></html>",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":null}",
        "{\"keys\":[]}",
        "{\"keys\":[5]}",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"
      })
  void whatIsNoKeySetOrHoldsNoGoodKeyIsRefusedInPlainWords(String text) {
    assertThatThrownBy(() -> KeySetText.parse(text))
        .as(text)
        .isInstanceOf(KeySetUnusableException.class)
        .hasMessageStartingWith("it ")
        .message()
        .doesNotContain("Exception", "com.", "java");
  }

  @Test
  void aKeyAloneIsNoKeySet() {
    assertThatThrownBy(() -> KeySetText.parse(rsa.toJSONString()))
        .hasMessage("it is not a key set: it has no array 'keys'");
  }

  @Test
  void aSetOfAnyNumberOfKeysIsNotRead() {
    assertThatThrownBy(() -> KeySetText.parse("{\"keys\":[" + "5,".repeat(1_000) + "5]}"))
        .hasMessage("it has over 1000 keys");
  }
}
