package im.linnet.edge.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** The location of a key set. */
sealed interface KeyPlace {
  /** The place for logs and errors: a URL without its query, which may hold a secret. */
  String shown();

  /** A key set in a file. */
  record InFile(Path file) implements KeyPlace {
    @Override
    public String shown() {
      return file.toString();
    }
  }

  /** A key set at an http(s) address. */
  record AtUrl(URI url) implements KeyPlace {
    @Override
    public String shown() {
      return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
  }

  /**
   * Reads an operator's text.
   *
   * @throws IllegalArgumentException if it is neither a file nor an address, with the reason
   */
  static KeyPlace of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    if (text.contains("://")) {
      return new AtUrl(url(text));
    }
    try {
      return new InFile(Path.of(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it can be no file", e);
    }
  }

  private static URI url(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is not a URL", e);
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("it begins with neither http:// nor https://");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException("its host cannot be read");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException("it has a user name in it, which is not supported");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      throw new IllegalArgumentException(url.getPort() + " is not a port");
    }
    return url;
  }
}
