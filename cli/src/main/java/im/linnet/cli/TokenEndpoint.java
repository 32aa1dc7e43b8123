package im.linnet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.JsonBytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** {@code POST /v1/token} of a server on this machine. Blocks; safe on any thread. */
final class TokenEndpoint {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String server;

  /** The server's HTTP address, host:port. */
  TokenEndpoint(String server) {
    this.server = server;
  }

  /**
   * Asks for a token.
   *
   * @throws IOException if there is none to be had, with one line that says why
   */
  String token(String user) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + server + "/v1/token"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    JsonBytes.object(json -> json.writeStringField("clientId", user))))
            .build();
    try (HttpClient http = http()) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = JSON.readTree(response.body());
      String token = body.path("data").path("token").asText("");
      if (response.statusCode() != 200 || token.isEmpty()) {
        throw new IOException(
            "http://"
                + server
                + " gives no token: "
                + body.path("message").asText("HTTP " + response.statusCode()));
      }
      return token;
    } catch (ConnectException e) {
      throw new IOException("no server answers at http://" + server, e);
    }
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(LIMIT)
        .build();
  }
}
