package im.linnet.edge.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Base64;

/**
 * Takes a token apart. The library ignores characters outside the base64url alphabet, spaces around
 * the token and left-over bits. So for the library one token has many spellings; here it has one.
 */
final class CompactToken {
  /** The most characters of a token. */
  static final int MOST_CHARACTERS = 16 << 10;

  private static final int PARTS = 3;

  /** The accepted {@code typ} of the header: absent, a JWT, or an access token (RFC 9068). */
  private static final DefaultJOSEObjectTypeVerifier<SecurityContext> TYPES =
      new DefaultJOSEObjectTypeVerifier<>(
          null,
          JOSEObjectType.JWT,
          new JOSEObjectType("application/jwt"),
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  private CompactToken() {}

  /**
   * The parts of a token with an unchecked signature.
   *
   * @throws BadTokenException if it is not a signed JWT, or one that this server does not
   *     understand
   */
  static SignedJWT parse(String token) throws BadTokenException {
    if (token.length() > MOST_CHARACTERS) {
      throw new BadTokenException(AuthFailure.MALFORMED, "the token is too long");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS
        || !isCanonical(parts[0])
        || !isCanonical(parts[1])
        || !isCanonical(parts[2])) {
      throw unsigned();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      requireUnderstood(jwt.getHeader(), jwt.getParsedParts()[0].decode());
      return jwt;
    } catch (ParseException | RuntimeException e) {
      throw unsigned();
    }
  }

  private static boolean isCanonical(String part) {
    if (part.isEmpty()) {
      return false;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Checks the header's original text, because the parsed header has lost some of its members. */
  private static void requireUnderstood(JWSHeader header, byte[] part) throws BadTokenException {
    JsonNode members = StrictJson.object(part, "the header's members");
    if (members.has("crit") || members.has("b64")) {
      throw new BadTokenException(
          AuthFailure.UNSUPPORTED, "the token's header asks for what is not understood here");
    }
    try {
      TYPES.verify(header.getType(), null);
    } catch (BadJOSEException e) {
      throw new BadTokenException(AuthFailure.UNSUPPORTED, "the token's typ is not JWT");
    }
  }

  private static BadTokenException unsigned() {
    return new BadTokenException(AuthFailure.MALFORMED, "the token is not a signed JWT");
  }
}
