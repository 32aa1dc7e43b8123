package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;

/** Checks of a signature. */
final class Signatures {
  /** Said only where a key was at hand that the signature should match. */
  static final String MISMATCH = "the signature does not match";

  private Signatures() {}

  /** Whether that key signed that token; a signature that cannot even be read is none. */
  static boolean match(SignedJWT jwt, JWSVerifier key) {
    try {
      return jwt.verify(key);
    } catch (JOSEException | RuntimeException e) {
      return false;
    }
  }
}
