package im.linnet.edge.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.Map;

/**
 * A key that tokens may be signed with.
 *
 * @param jwk its public part
 * @param algorithm the only algorithm of the key
 * @param verifier checks signatures, safe on any thread
 */
record UsableKey(JWK jwk, JWSAlgorithm algorithm, JWSVerifier verifier) {
  /** RFC 7518, section 3.3. */
  private static final int LEAST_RSA_BITS = 2048;

  /** A larger key makes the check of a signature a burden. */
  private static final int MOST_RSA_BITS = 8192;

  private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);

  /** A key is not used; the message gives the reason. */
  static final class LeftOutException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean odd;

    private LeftOutException(String reason, boolean odd) {
      super(reason, null, false, false);
      this.odd = odd;
    }

    /** Whether an operator may have expected the key to be used. */
    boolean isOdd() {
      return odd;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * The key of one member of a set.
   *
   * @param members the members of the JSON object
   * @throws LeftOutException if it is not usable for the tokens here
   */
  static UsableKey of(Map<String, Object> members) throws LeftOutException {
    JWK key;
    try {
      key = JWK.parse(members);
    } catch (ParseException | RuntimeException e) {
      throw odd("it cannot be read as a key");
    }
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      throw new LeftOutException("it is not for signatures", false);
    }
    if (key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
      throw odd("its key_ops lack 'verify'");
    }
    UsableKey usable =
        switch (key) {
          case RSAKey rsa -> of(rsa);
          case ECKey ec -> of(ec);
          default -> throw odd("it is neither an RSA key nor an EC key");
        };
    if (key.getAlgorithm() != null && !key.getAlgorithm().equals(usable.algorithm())) {
      throw odd("its alg is not " + usable.algorithm());
    }
    return usable;
  }

  private static UsableKey of(RSAKey key) throws LeftOutException {
    int bits = key.getModulus().decodeToBigInteger().bitLength();
    if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
      throw odd("it has " + bits + " bits, not " + LEAST_RSA_BITS + " to " + MOST_RSA_BITS);
    }
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    if (exponent.compareTo(LEAST_EXPONENT) < 0 || !exponent.testBit(0)) {
      throw odd("its exponent is weak");
    }
    try {
      return new UsableKey(
          key.toPublicJWK(), JWSAlgorithm.RS256, new RSASSAVerifier(key.toRSAPublicKey()));
    } catch (JOSEException | RuntimeException e) {
      throw odd("it cannot be used as an RSA key");
    }
  }

  private static UsableKey of(ECKey key) throws LeftOutException {
    if (!Curve.P_256.equals(key.getCurve())) {
      throw odd("its curve is not P-256");
    }
    try {
      return new UsableKey(
          key.toPublicJWK(), JWSAlgorithm.ES256, new ECDSAVerifier(key.toECPublicKey()));
    } catch (JOSEException | RuntimeException e) {
      throw odd("it cannot be used as an EC key");
    }
  }

  private static LeftOutException odd(String reason) {
    return new LeftOutException(reason, true);
  }
}
