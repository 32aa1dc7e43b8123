package im.linnet.edge.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of one reading of a JSON Web Key Set, each good for the one algorithm of its type
 * (RSA: RS256, P-256: ES256). A token's header cannot change that. Immutable.
 */
final class KeyRing extends JWKSet {
  /**
   * A token without a key name is tried with each key; this bounds the checks that one token may
   * cost.
   */
  static final int MOST_TRIED = 8;

  private static final long serialVersionUID = 1L;

  // A key set of the library is serializable; this one is never serialized.
  private final transient List<UsableKey> keys;
  private final transient long begunNanos;

  /**
   * @param begunNanos the time when the reading began, by {@link System#nanoTime}: the set includes
   *     every key published before
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

  /** Whether it includes every key that was published by then. */
  boolean isReadAfter(long nanos) {
    return begunNanos - nanos >= 0;
  }
}
