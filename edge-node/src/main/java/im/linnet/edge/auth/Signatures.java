package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.SignedJWT;

/** Checks of a signature. */
final class Signatures {
  /** The reason for a refusal if a matching key was at hand. */
  static final String MISMATCH = "the signature does not match";

  private Signatures() {}

  /** Whether that key signed that token; false for an unreadable signature. */
  static boolean match(SignedJWT jwt, JWSVerifier key) {
    try {
      return jwt.verify(key);
    } catch (JOSEException | RuntimeException e) {
      return false;
    }
  }
}
