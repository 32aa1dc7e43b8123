package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.linnet.edge.EdgeWorld.Transport;
import im.linnet.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both listeners with a certificate, asked by clients that verify it. */
class TlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path directory;

  private static Certificate certificate;
  private static EdgeWorld world;
  private static EdgeNode edge;

  @BeforeAll
  static void start() throws Exception {
    certificate = Certificate.make(directory);
    world = new EdgeWorld();
    EdgeConfig plain = EdgeWorld.config("edge-tls");
    EdgeConfig.Listeners listeners = plain.listeners();
    edge =
        world.start(
            plain.withListeners(
                new EdgeConfig.Listeners(
                    listeners.host(),
                    0,
                    0,
                    null,
                    listeners.eventLoops(),
                    listeners.connections(),
                    new EdgeConfig.Tls(certificate.chain(), certificate.key()),
                    listeners.closeWait())));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void tcpAndWebSocketClientsTalkByTls() throws Exception {
    BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    try (HttpClient http = http();
        SSLSocket socket = socket()) {
      WebSocket reader =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("wss://127.0.0.1:" + edge.httpPort() + "/v1/ws"), new Frames(frames))
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      reader.sendText(EdgeWorld.auth("bb", "web"), true).join();
      next(frames, "\"synced\"");

      send(socket, EdgeWorld.auth("aa", "tcp"));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(line(lines, "\"id\":\"auth\"")).contains("\"code\":0");
      send(
          socket,
          "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"ö\"}");
      assertThat(line(lines, "\"id\":\"1\"")).contains("\"code\":0");
      assertThat(next(frames, "\"op\":\"message\"")).contains("\"content\":\"ö\"");
      reader.abort();
    }
  }

  @Test
  void pagesAreServedByTls() throws Exception {
    try (HttpClient http = http()) {
      URI uri = URI.create("https://127.0.0.1:" + edge.httpPort() + "/health/ready");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  http.send(
                              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                              HttpResponse.BodyHandlers.ofString())
                          .statusCode()
                      == 200);
    }
  }

  @Test
  void clientInTheClearGetsNoAnswerAndHarmsNobody() throws Exception {
    try (RawClient plain = EdgeWorld.connect(edge, Transport.TCP)) {
      plain.send(EdgeWorld.auth("cc", "clear"));
      plain.awaitClosed(PATIENCE);
      assertThat(plain.received()).isEmpty();
    }
    pagesAreServedByTls();
  }

  private static HttpClient http() {
    return HttpClient.newBuilder()
        .sslContext(certificate.trusted())
        .connectTimeout(PATIENCE)
        .build();
  }

  private static SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            certificate.trusted().getSocketFactory().createSocket("127.0.0.1", edge.tcpPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void send(SSLSocket socket, String frame) throws IOException {
    socket.getOutputStream().write((frame + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String line(BufferedReader lines, String with) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains(with)) {
      line = lines.readLine();
    }
    assertThat(line).as("a frame with " + with).isNotNull();
    return line;
  }

  private static String next(BlockingQueue<String> frames, String with)
      throws InterruptedException {
    String frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    while (frame != null && !frame.contains(with)) {
      frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
    assertThat(frame).as("a frame with " + with).isNotNull();
    return frame;
  }

  /** Puts whole WebSocket messages into a queue. */
  private static final class Frames implements WebSocket.Listener {
    private final BlockingQueue<String> frames;
    private final StringBuilder begun = new StringBuilder();

    Frames(BlockingQueue<String> frames) {
      this.frames = frames;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      begun.append(text);
      if (last) {
        frames.add(begun.toString());
        begun.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
