package im.linnet.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawClientTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void requests_are_answered_by_id_and_pushes_found(boolean webSocket) throws IOException {
    try (LineServer server = new LineServer(webSocket);
        RawClient client = connect(server, webSocket)) {
      client.awaitPush("hello");
      client.send("{\"id\":\"1\",\"op\":\"a\"}");
      assertThat(client.request("{\"id\":\"2\",\"op\":\"b\",\"text\":\"ä\"}").get("text").asText())
          .isEqualTo("ä");
      assertThat(client.awaitReply("1").get("code").asInt()).isZero();
      assertThat(client.pushes("hello")).hasSize(1);
      assertThatThrownBy(() -> client.request("{\"op\":\"b\"}"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_client_that_stops_reading_gets_the_rest_in_order_when_it_reads_on(boolean webSocket)
      throws IOException {
    try (LineServer server = new LineServer(webSocket);
        RawClient client = connect(server, webSocket)) {
      client.awaitPush("hello");
      client.stopReading();
      client.send("{\"op\":\"flood\"}");
      assertThatThrownBy(() -> client.awaitPushes("message", 1000, Duration.ofMillis(200)))
          .isInstanceOf(AssertionError.class);
      client.readOn();

      assertThat(client.awaitPushes("message", 1000, LONG).stream().map(RawClientTest::n))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_end_says_what_the_close_frame_said(boolean webSocket) throws IOException {
    try (LineServer server = new LineServer(webSocket);
        RawClient client = connect(server, webSocket)) {
      assertThat(client.closed()).isEmpty();
      client.awaitPush("hello");
      client.send("{\"op\":\"logout\"}");

      assertThat(client.awaitClosed(LONG)).isEqualTo(new RawClient.Closed(3000, "draining"));
    }
  }

  @RepeatedTest(20)
  void an_end_without_a_word_is_seen() throws IOException {
    try (LineServer server = new LineServer(true);
        RawClient client = RawWebSocketClient.connect(server.uri())) {
      client.send("{\"op\":\"logout\",\"how\":\"rudely\"}");
      assertThat(client.awaitClosed(LONG).code()).isEqualTo(3000);
    }
  }

  @Test
  void a_refused_handshake_says_how() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> refuse(server));
      URI uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/v1/ws");
      assertThatThrownBy(() -> RawWebSocketClient.connect(uri))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("HTTP/1.1 401");
    }
  }

  @Test
  void a_line_protocol_ping_is_answered() throws IOException {
    try (LineServer server = new LineServer(false);
        RawTcpClient client = RawTcpClient.connect("127.0.0.1", server.port())) {
      // The server echoes a pong like any frame, with a code for its op.
      assertThat(client.await(frame -> frame.size() == 1 && frame.has("code"))).isNotNull();
      assertThat(client.pushes("ping")).hasSize(1);
    }
  }

  private static void refuse(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 401 Unauthorized\r\n\r\n".getBytes(US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int n(JsonNode frame) {
    return frame.get("n").asInt();
  }

  private static RawClient connect(LineServer server, boolean webSocket) {
    return webSocket
        ? RawWebSocketClient.connect(server.uri())
        : RawTcpClient.connect("127.0.0.1", server.port());
  }
}
