package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import im.linnet.edge.EdgeWorld.Transport;
import im.linnet.edge.config.EdgeConfig;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.testkit.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
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
import org.slf4j.LoggerFactory;

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
    edge =
        world.start(
            plain.withListeners(
                plain
                    .listeners()
                    .at(
                        "127.0.0.1",
                        0,
                        0,
                        null,
                        100,
                        new ListenerSettings.Tls(certificate.chain(), certificate.key()))));
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

  /** What a stranger may do to a TLS port fills no operator's log. */
  @Test
  void strangersAtTheTlsPortsAreNotLogged() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    root.addAppender(logged);
    try {
      String hello = "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003";
      for (String sent :
          new String[] {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\u00ff\u00fe\0", hello, ""}) {
        for (int port : new int[] {edge.tcpPort(), edge.httpPort()}) {
          for (boolean resets : new boolean[] {false, true}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
              socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
              if (resets) {
                socket.setSoLinger(true, 0);
              }
            }
          }
        }
      }
      try (HttpClient distrusts = HttpClient.newHttpClient()) {
        URI uri = URI.create("https://127.0.0.1:" + edge.httpPort() + "/health/live");
        assertThatThrownBy(
                () ->
                    distrusts.send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()))
            .isInstanceOf(IOException.class);
      }
      pagesAreServedByTls();
    } finally {
      root.detachAppender(logged);
    }
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .filteredOn(
            event ->
                event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
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
