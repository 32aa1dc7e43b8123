package im.linnet.cli.config;

import im.linnet.edge.auth.SigningSecret;
import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The key of HS256 tokens in a file: the file's bytes without a line end after them. A secret comes
 * as a file, never as a flag, because every user of a machine can list its processes.
 */
public final class TokenSecret {
  private static final int NEW_BYTES = 48;

  private TokenSecret() {}

  /**
   * Reads a key of the operator's.
   *
   * @throws SettingException if the file cannot be read or the key is too short
   */
  public static SigningSecret read(Path file, String key) {
    byte[] bytes = TextFile.bytes(file, "the token secret", key);
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
      length--;
    }
    if (length < SigningSecret.LEAST_BYTES) {
      throw new SettingException(
          "the token secret in " + file + " has " + length + " bytes",
          key,
          "give at least "
              + SigningSecret.LEAST_BYTES
              + " (for example: head -c 48 /dev/urandom | base64 -w0 > "
              + file
              + ")");
    }
    return new SigningSecret(Arrays.copyOf(bytes, length));
  }

  /**
   * The key of the data directory. It is made at the first use, and its owner alone can read it.
   *
   * @throws SettingException if it cannot be read or made
   * @throws MachineException if the disk is full
   */
  public static SigningSecret ofData(DataFolder folder) {
    Path file = folder.tokenSecret();
    try {
      MadeOnce.ensure(file, TokenSecret::drawn);
    } catch (IOException e) {
      throw folder.failure("write the token secret to", e);
    }
    return read(file, "--data");
  }

  /** A key that is not kept, for a check of the rest of a configuration. */
  public static SigningSecret draft() {
    return new SigningSecret(drawn().getBytes(StandardCharsets.US_ASCII));
  }

  private static String drawn() {
    byte[] bytes = new byte[NEW_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
