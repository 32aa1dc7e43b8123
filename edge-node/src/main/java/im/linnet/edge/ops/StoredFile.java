package im.linnet.edge.ops;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that does not change while the process runs, in its plain and its packed form. Each form
 * has a tag of its own, made from the content. A browser with the file asks whether the tag is
 * still the same, and then gets an answer without a body. A name without a hash may stand for
 * another content after an update, so browsers ask each time.
 */
final class StoredFile {
  private static final int NOT_MODIFIED = 304;
  private static final int HASH_BYTES = 16;

  private final String type;
  private final Buffer plain;
  private final @Nullable Buffer packed;
  private final String hash;

  /**
   * Packs the content.
   *
   * @param type the value of the Content-Type header
   */
  StoredFile(String type, byte[] bytes) {
    this.type = type;
    this.plain = Buffer.buffer(bytes);
    byte[] gzip = gzip(bytes);
    this.packed = gzip.length < bytes.length ? Buffer.buffer(gzip) : null;
    this.hash = hash(bytes);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each Java platform has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return packed.toByteArray();
  }

  /** Answers a GET or a HEAD. */
  void answer(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    Buffer body = plain;
    String tag = '"' + hash + '"';
    if (packed != null) {
      response.putHeader("Vary", "Accept-Encoding");
      if (takesGzip(request.headers())) {
        body = packed;
        tag = '"' + hash + "-gzip\"";
        response.putHeader("Content-Encoding", "gzip");
      }
    }
    response.putHeader("ETag", tag).putHeader("Cache-Control", "no-cache");
    if (isKnown(request.headers(), tag)) {
      response.headers().remove("Content-Encoding");
      response.setStatusCode(NOT_MODIFIED).end();
      return;
    }
    response
        .putHeader("Content-Type", type)
        .putHeader("Content-Length", Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  /** RFC 9110, section 13.1.2: tags are compared without regard to their weakness. */
  private static boolean isKnown(MultiMap headers, String tag) {
    return headers.getAll("If-None-Match").stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
  }

  /** RFC 9110, section 12.5.3. */
  private static boolean takesGzip(MultiMap headers) {
    boolean any = false;
    for (String header : headers.getAll("Accept-Encoding")) {
      for (String each : header.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = each.split(";", 2);
        String coding = parts[0].strip();
        boolean wanted = parts.length == 1 || !parts[1].strip().matches("q\\s*=\\s*0(\\.0*)?");
        if (coding.equals("gzip") || coding.equals("x-gzip")) {
          return wanted;
        }
        any |= coding.equals("*") && wanted;
      }
    }
    return any;
  }
}
