package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of a JSON Web Key Set, each good for one algorithm: the one that its type allows
 * (RSA: RS256, P-256: ES256), whatever a token's header asks for. Immutable.
 */
final class KeyRing {
  /** RFC 7518, section 3.3. */
  private static final int LEAST_RSA_BITS = 2048;

  private record Entry(@Nullable String id, JWSAlgorithm algorithm, JWSVerifier verifier) {}

  private final List<Entry> entries;

  private KeyRing(List<Entry> entries) {
    this.entries = entries;
  }

  /** The ring of that text; keys of other types, sizes and uses are left out. */
  static KeyRing parse(String text) throws ParseException {
    List<Entry> entries = new ArrayList<>();
    for (JWK key : JWKSet.parse(text).getKeys()) {
      JWSVerifier verifier = verifier(key);
      if (verifier != null) {
        JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        if (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm)) {
          entries.add(new Entry(key.getKeyID(), algorithm, verifier));
        }
      }
    }
    return new KeyRing(List.copyOf(entries));
  }

  private static @Nullable JWSVerifier verifier(JWK key) {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return null;
    }
    try {
      if (key instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS) {
        return new RSASSAVerifier(rsa.toRSAPublicKey());
      }
      if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
        return new ECDSAVerifier(ec.toECPublicKey());
      }
      return null;
    } catch (JOSEException e) {
      return null;
    }
  }

  /** The keys that may have signed a token with that header. */
  List<JWSVerifier> candidates(@Nullable String id, JWSAlgorithm algorithm) {
    return entries.stream()
        .filter(entry -> entry.algorithm().equals(algorithm))
        .filter(entry -> id == null || id.equals(entry.id()))
        .map(Entry::verifier)
        .toList();
  }

  int size() {
    return entries.size();
  }
}
