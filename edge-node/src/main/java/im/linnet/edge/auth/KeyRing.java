package im.linnet.edge.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of one reading of a JSON Web Key Set, each good for one algorithm: the one that
 * its type allows (RSA: RS256, P-256: ES256), whatever a token's header asks for. Immutable.
 */
final class KeyRing extends JWKSet {
  /**
   * A token that names no key is tried with each; this many checks a stranger may cost us by one.
   */
  static final int MOST_TRIED = 8;

  private static final long serialVersionUID = 1L;

  // A key set of the library can be written down; this one never is.
  private final transient List<UsableKey> keys;
  private final transient long begunNanos;

  /**
   * @param begunNanos when the reading began, by {@link System#nanoTime}: a key that was published
   *     before is in it
   */
  KeyRing(List<UsableKey> keys, long begunNanos) {
    super(keys.stream().map(UsableKey::jwk).toList());
    this.keys = List.copyOf(keys);
    this.begunNanos = begunNanos;
  }

  /** The keys that may have signed a token with that header, {@link #MOST_TRIED} at most. */
  List<JWSVerifier> candidates(@Nullable String id, JWSAlgorithm algorithm) {
    return keys.stream()
        .filter(key -> key.algorithm().equals(algorithm))
        .filter(key -> id == null || id.equals(key.jwk().getKeyID()))
        .map(UsableKey::verifier)
        .limit(MOST_TRIED)
        .toList();
  }

  /** Whether all that was published by then is in it. */
  boolean isReadAfter(long nanos) {
    return begunNanos - nanos >= 0;
  }
}
