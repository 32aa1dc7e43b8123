package im.linnet.edge;

import im.linnet.edge.auth.ClaimsJudge;
import im.linnet.edge.auth.JwtVerifier;
import im.linnet.edge.auth.KeySet;
import im.linnet.edge.auth.KeySetVerifier;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.AuthSettings;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The edge's tokens: it verifies them with its secret, with the keys of an issuer, or with both. It
 * makes tokens of its own only if its settings say so.
 */
final class EdgeTokens {
  private static final int SIGNATURE_QUEUE = 10_000;
  private static final int LOOK_UP_QUEUE = 1_000;

  private final AuthSettings settings;
  private final Clock clock;
  private final @Nullable KeySet keys;

  /** Reads the keys of the issuer, if one is set. Blocks while it tries again, bounded. */
  EdgeTokens(AuthSettings settings, Clock clock, Closers closers) {
    this.settings = settings;
    this.clock = clock;
    this.keys = keys(settings, closers);
  }

  private static @Nullable KeySet keys(AuthSettings settings, Closers closers) {
    String jwks = settings.jwks();
    if (jwks == null) {
      return null;
    }
    KeySet keys = new KeySet(jwks, settings.jwksRefresh());
    closers.add("keys", keys);
    keys.start();
    return keys;
  }

  /** The verifier of all sessions. Public keys are used on that number of threads. */
  JwtVerifier verifier(int threads, Closers closers) {
    ClaimsJudge claims = new ClaimsJudge(settings.expected(), settings.leeway(), clock);
    if (keys == null) {
      return new JwtVerifier(settings.secret(), null, claims);
    }
    ThreadPoolExecutor signatures =
        Workers.pool("linnet-edge-signatures", threads, SIGNATURE_QUEUE);
    ThreadPoolExecutor lookUps = Workers.pool("linnet-edge-key-look-ups", 1, LOOK_UP_QUEUE);
    closers.add("signature workers", signatures::shutdownNow);
    closers.add("key look-up worker", lookUps::shutdownNow);
    return new JwtVerifier(
        settings.secret(), new KeySetVerifier(keys, claims, signatures, lookUps), claims);
  }

  /** The maker of tokens for clients without an issuer; null if this edge makes none. */
  @Nullable TokenIssuer issuer() {
    SigningSecret secret = settings.secret();
    return settings.issueTokens() && secret != null
        ? new TokenIssuer(secret, settings.expected(), settings.tokenLife(), clock)
        : null;
  }

  /** The check of the issuer's keys; null without such keys. */
  @Nullable Supplier<Optional<String>> check() {
    return keys == null ? null : keys::check;
  }
}
