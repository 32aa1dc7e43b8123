package im.linnet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.cli.config.Addresses;
import im.linnet.client.ClientTls;
import im.linnet.schemas.JsonBytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/token} of a server on this machine. Blocks; safe on any thread. */
final class TokenEndpoint {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String server;
  private final @Nullable ClientTls tls;

  /**
   * @param server the server's HTTP address, host:port
   * @param tls the trusted certificates; null for plain HTTP
   * @throws im.linnet.settings.SettingException if the text is no address
   */
  TokenEndpoint(String server, @Nullable ClientTls tls) {
    this.tls = tls;
    this.server =
        (tls == null ? "http://" : "https://") + Addresses.parse(server, "--token-server");
  }

  /**
   * Asks for a token.
   *
   * @throws IOException if the server gives none; the message is one line with the reason
   */
  String token(String user) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = ask(user);
    JsonNode body;
    try {
      body = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IOException(stranger(server), e);
    }
    String token = body.path("data").path("token").asText("");
    if (response.statusCode() != 200 || token.isEmpty()) {
      String why = body.path("message").asText("HTTP " + response.statusCode());
      throw new IOException(server + " gives no token: " + why);
    }
    return token;
  }

  private HttpResponse<byte[]> ask(String user) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/v1/token"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    JsonBytes.object(json -> json.writeStringField("clientId", user))))
            .build();
    try (HttpClient http = http()) {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException(fault(server, e), e);
    }
  }

  /** One line that says what to change; never a library's text. */
  static String fault(String server, IOException fault) {
    return switch (fault) {
      case SSLException tls ->
          ClientTls.isAboutTheCertificate(tls)
              ? "the certificate of "
                  + server
                  + " is not trusted, or is for another name (--tls-ca): give a file with the"
                  + " authority's certificate, and the server by the name in its own"
              : speaksNoTls(server);
      case ConnectException away -> nobody(server);
      case HttpTimeoutException late -> nobody(server);
      // The server may have closed the connection before its answer was found to be no TLS.
      default -> server.startsWith("https:") ? speaksNoTls(server) : stranger(server);
    };
  }

  private static String speaksNoTls(String server) {
    return server + " does not speak TLS (--tls): leave it out, or give the HTTPS address";
  }

  private static String nobody(String server) {
    return "no server answers at "
        + server
        + " (--token-server): start 'linnet up', give its HTTP address, or a token or secret"
        + " as a file";
  }

  private static String stranger(String server) {
    return server
        + " does not answer as Linnet does (--token-server): give the HTTP address of 'linnet up',"
        + " with --tls if it speaks TLS";
  }

  private HttpClient http() {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT);
    return tls == null ? builder.build() : builder.sslContext(tls.context()).build();
  }
}
