package im.linnet.cli.config;

import im.linnet.settings.SettingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that an operator names in a setting, read whole before anything starts. */
public final class TextFile {
  /** More than such a file needs. A longer one is a device or a log file, named by mistake. */
  private static final int MOST_BYTES = 4 << 20;

  /** Some editors put it before UTF-8 text. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextFile() {}

  /**
   * A file's bytes.
   *
   * @param what the file's content, for messages: "the token secret"
   * @param key the setting that names it, as a flag
   * @throws SettingException if it cannot be read, is empty or too large
   */
  public static byte[] bytes(Path file, String what, String key) {
    if (!Files.exists(file)) {
      throw refused(what, file, "there is no such file", key);
    }
    if (Files.isDirectory(file)) {
      throw refused(what, file, "that is a directory", key);
    }
    if (!Files.isReadable(file)) {
      throw refused(what, file, "this user may not read it", key);
    }
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw refused(what, file, "the system does not let it be read", key);
    }
    if (bytes.length == 0) {
      throw refused(what, file, "the file is empty", key);
    }
    if (bytes.length > MOST_BYTES) {
      throw refused(what, file, "the file has more than " + (MOST_BYTES >> 20) + " MiB", key);
    }
    return bytes;
  }

  /**
   * A file's text, without a byte order mark.
   *
   * @param what the file's content, for messages: "the configuration"
   * @param key the setting that names it, as a flag
   * @throws SettingException if it cannot be read, is empty, too large or not UTF-8
   */
  public static String text(Path file, String what, String key) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes(file, what, key)))
              .toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw refused(what, file, "the file is not UTF-8 text", key);
    }
  }

  private static SettingException refused(String what, Path file, String why, String key) {
    return new SettingException(
        "cannot read " + what + " " + file + ": " + why, key, "give a file that can be read");
  }
}
