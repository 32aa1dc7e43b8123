package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.edge.config.ListenerSettings;
import im.linnet.edge.config.SessionSettings;
import im.linnet.edge.ops.Pages;
import im.linnet.edge.ops.Readiness;
import im.linnet.edge.session.Outbox;
import im.linnet.edge.session.SessionWorld;
import im.linnet.settings.Settings;
import im.linnet.testkit.RawTcpClient;
import im.linnet.testkit.RawWebSocketClient;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Both listeners with real sockets, and with strangers at them. Sessions are the test's own. */
class ListenersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST = 6;

  /** Of 20 KB each, far more than the buffers of two sockets. */
  private static final int LINES_OF_LATE = 1_000;

  private final SessionWorld world = new SessionWorld();
  private final SocketAdmission admission = new SocketAdmission(MOST);
  private final Vertx vertx = Listeners.eventLoops(1, admission);
  private final Readiness readiness = new Readiness();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final List<Socket> sockets = new ArrayList<>();
  private Listeners listeners;

  @BeforeEach
  void start() {
    logged.start();
    root.addAppender(logged);
    listeners = listen(ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0));
  }

  /** Instead of those that listen: two with the same wish for a port would share its sockets. */
  private static ListenerSettings withHttpTimes(Duration time) {
    return Settings.with(
        ListenerSettings.DEFAULT.withAddress("127.0.0.1", 0, 0),
        Map.of("--request-time", time, "--idle-time", time)::get);
  }

  private void listenWith(ListenerSettings config) {
    listeners.close();
    listeners = listen(config);
  }

  private Listeners listen(ListenerSettings config) {
    TokenIssuer issuer =
        new TokenIssuer(
            new SigningSecret(new byte[SigningSecret.LEAST_BYTES]),
            ExpectedClaims.ANY,
            Duration.ofHours(1),
            Clock.systemUTC());
    Listeners opened =
        new Listeners(
            vertx,
            config,
            SessionSettings.DEFAULT,
            new Pages(readiness, () -> "", issuer),
            () -> world.doorman,
            admission,
            world.metrics);
    opened.start();
    return opened;
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    readiness.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    root.detachAppender(logged);
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        // A machine under load may hold up an event loop; no client does.
        .filteredOn(event -> !event.getLoggerName().endsWith(".BlockedThreadChecker"))
        .filteredOn(
            event ->
                event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(event -> event.getLevel() + " " + event.getLoggerName() + " " + event)
        .isEmpty();
  }

  private Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    sockets.add(socket);
    return socket;
  }

  private Socket http() throws IOException {
    return open(listeners.httpPort());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** All until the server ends. */
  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      in.transferTo(all);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still open after: " + all, e);
    } catch (IOException reset) {
      // As good an end as another.
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private String answer(String request) throws IOException {
    Socket socket = http();
    send(socket, request);
    String answer = rest(socket);
    socket.close();
    return answer;
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  private URI webSocket() {
    return URI.create("ws://127.0.0.1:" + listeners.httpPort() + "/v1/ws");
  }

  private void awaitAllGone() {
    await().atMost(PATIENCE).until(() -> admission.open() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "/%zz, 400",
    "/%, 400",
    "/%e, 400",
    "/v1/ws%zz, 400",
    "/v1/token%zz, 400",
    "/v1/frame/%zz.json, 400",
    "/health/live%zz, 400",
    "*, 400",
    "index.html, 400",
    "?, 400",
    "/a/%c3%28/b, 404",
    "/%00, 404",
    "/js/, 404",
    "/js, 404",
    "/..%2f..%2fetc%2fpasswd, 404",
    "/%2e%2e/%2e%2e/etc/passwd, 404",
    "/../im/linnet/schemas/common.json, 404",
    "/..%2fim/linnet/schemas/common.json, 404",
    "/..%5cim, 404",
    "/index.html?a=%zz, 200",
    "http://localhost/health/live, 200",
  })
  void answersATargetOfAnyShape(String target, int status) throws Exception {
    assertThat(answer(get(target))).as(target).startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS /v1/ws, 204, 'GET, OPTIONS'",
    "POST /v1/ws, 405, 'GET, OPTIONS'",
    "DELETE /v1/ws, 405, 'GET, OPTIONS'",
    "OPTIONS *, 204, 'GET, HEAD, POST, OPTIONS'",
  })
  void saysWhichMethodsThereAre(String request, int status, String allowed) throws Exception {
    assertThat(answer(request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("\r\nallow: " + allowed + "\r\n");
  }

  private static Stream<Arguments> noHttp() {
    String token = "POST /v1/token HTTP/1.1\r\nHost: localhost\r\n";
    String chunks = "HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    String end = "Connection: close\r\n\r\n";
    return Stream.of(
        arguments("GET\r\n\r\n", 400),
        arguments("GET / HTTP/9.9\r\n\r\n", 0),
        arguments("FOO / HTTP/1.1\r\nHost: a\r\n" + end, 405),
        arguments("TRACE / HTTP/1.1\r\nHost: a\r\n" + end, 405),
        arguments("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n" + end, 400),
        arguments("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        arguments("GET / HTTP/1.1\r\nA\0: b\r\n\r\n", 400),
        arguments("GET / HTTP/1.1\r\n" + end, 0),
        arguments("GET / HTTP/1.1\r\nHost: a b\r\n" + end, 0),
        arguments("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + end, 0),
        arguments(
            "POST /v1/token HTTP/1.1\r\nHost: [::\r\nContent-Length: 2\r\n" + end + "{}", 400),
        arguments("GET /v1/ws HTTP/1.1\r\nHost: a\r\n" + end, 426),
        arguments(token + "Content-Length: -1\r\n\r\n", 400),
        arguments(token + "Content-Length: abc\r\n\r\n", 400),
        arguments(token + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        arguments(
            token + "Content-Type: multipart/form-data\r\nContent-Length: 1\r\n" + end + "x", 400),
        arguments(token + "Expect: nonsense\r\nContent-Length: 2\r\n" + end + "{}", 417),
        arguments("POST /v1/token " + chunks + "zz\r\n", 400),
        arguments("POST /v1/token " + chunks + "-5\r\n", 400),
        arguments("POST /index.html " + chunks + "zz\r\n", 0),
        arguments("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0),
        arguments("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n", 0),
        arguments("\u00ff\u00fe\0\r\n\r\n", 0));
  }

  /** With the status of the answer, or 0 where an end without one is as good. */
  @ParameterizedTest
  @MethodSource("noHttp")
  void endsWhatIsNoHttp(String request, int status) throws Exception {
    String answer = answer(request);
    if (status == 0) {
      assertThat(answer).doesNotStartWith("HTTP/1.1 5");
    } else {
      assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*");
    }
    awaitAllGone();
  }

  @Test
  void refusesLinesAndHeadersThatAreTooLong() throws Exception {
    assertThat(answer("GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n"))
        .matches("(?s)(HTTP/1.. 414 .*)?");
    assertThat(answer("GET / HTTP/1.1\r\nA: " + "a".repeat(100_000) + "\r\n\r\n"))
        .matches("(?s)(HTTP/1.. 431 .*)?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: foo\r\nConnection: Upgrade",
        "Upgrade: websocket\r\nConnection: Upgrade",
        "Upgrade: websocket\r\nConnection: close",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
        "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 99\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: short",
        "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: ,,\u00e9 b, ,",
        "Upgrade: websocket\r\n"
            + "Connection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Version: 13\r\n"
            + "Content-Length: 9000",
      })
  void outlastsAnUpgradeOfAnyShape(String headers) throws Exception {
    Socket socket = http();
    send(socket, "GET /v1/ws HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n");
    if (!headers.contains("Content-Length")) {
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    reset(socket);
    awaitAllGone();
  }

  @Test
  void outlastsClientsThatGoAwayAnywhere() throws Exception {
    String[] begun = {
      "",
      "GE",
      "GET / HTTP/1.1\r\nHo",
      "POST /v1/token HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{",
      "POST /v1/token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
      "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\nGET /",
    };
    for (String each : begun) {
      Socket resets = http();
      send(resets, each);
      reset(resets);
      Socket closes = http();
      send(closes, each);
      closes.close();
    }
    for (String each : new String[] {"", "{\"op\":", "\u00ff\u00fe\0"}) {
      Socket resets = open(listeners.tcpPort());
      send(resets, each);
      reset(resets);
    }
    awaitAllGone();
  }

  @Test
  void tellsAndCountsBreachesOfWebSocketFraming() throws Exception {
    byte[][] breaches = {
      {(byte) 0x81, 2, 'h', 'i'}, // no mask
      {(byte) 0xc1, (byte) 0x80, 0, 0, 0, 0}, // a reserved bit
      {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0}, // an unknown opcode
      {(byte) 0x8b, (byte) 0x80, 0, 0, 0, 0}, // an unknown control opcode
      {(byte) 0x09, (byte) 0x80, 0, 0, 0, 0}, // a ping in fragments
      {(byte) 0x89, (byte) 0xfe, 0, 126, 0, 0, 0, 0}, // a ping that is too long
      {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0}, // a continuation of nothing
      {(byte) 0x88, (byte) 0x81, 0, 0, 0, 0, 3}, // a close frame with half a code
      {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xed}, // 1005 is not to be sent
      {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x13, (byte) 0x88}, // 5000, above all codes
      {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff},
      {(byte) 0x88, (byte) 0x83, 0, 0, 0, 0, 0x03, (byte) 0xe8, (byte) 0xff}, // no text
      {(byte) 0x81, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}, // no length
      {(byte) 0x81, (byte) 0xfe, 0, 5, 0, 0, 0, 0}, // a length in more bytes than it needs
      {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0},
      {'G', 'E', 'T', ' ', '/', '\r', '\n'}
    };
    for (int i = 0; i < breaches.length; i++) {
      Socket client = upgraded();
      client.getOutputStream().write(breaches[i]);
      assertThat(rest(client))
          .as("breach %d", i)
          .matches(
              "(?s).*\\{\"op\":\"close\",\"code\":3502,.*\"reconnect\":false.*}\u0088.\u0003\u00ea.*");
      client.close();
    }
    awaitAllGone();
    assertThat(closes("protocol_error")).isEqualTo(breaches.length);
    assertThat(lost()).isZero();
  }

  @Test
  void countsASocketThatDiesWithoutAGoodbyeAsLostAndNotAsABreach() throws Exception {
    try (RawWebSocketClient polite = RawWebSocketClient.connect(webSocket())) {
      polite.sendFrame(8, new byte[] {0x03, (byte) 0xe8});
      assertThat(polite.awaitClosed(PATIENCE).code()).isEqualTo(1000);
    }
    awaitAllGone();
    assertThat(lost()).isZero();

    for (boolean hard : new boolean[] {true, false}) {
      Socket dies = upgraded();
      if (hard) {
        reset(dies);
      } else {
        dies.close();
      }
    }
    Socket line = open(listeners.tcpPort());
    send(line, "{}\n");
    assertThat(line.getInputStream().read()).isEqualTo('{');
    line.close();
    awaitAllGone();
    assertThat(lost()).isEqualTo(2);
    assertThat(closes("protocol_error")).isZero();
  }

  /** The reply is due once the client's close frame was read, when the socket takes none. */
  @Test
  void aClientThatAsksAndSaysGoodbyeAtOnceHarmsNothing() throws Exception {
    for (int i = 0; i < 10; i++) {
      Socket client = upgraded();
      byte[] asks =
          "{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\"}".getBytes(StandardCharsets.US_ASCII);
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      frames.write(new byte[] {(byte) 0x81, (byte) (0x80 | asks.length), 0, 0, 0, 0});
      frames.write(asks);
      frames.write(new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xe8});
      client.getOutputStream().write(frames.toByteArray());
      assertThat(rest(client)).contains("\u0088");
      client.close();
    }
    awaitAllGone();
    assertThat(lost()).isZero();
  }

  /** Its lines wait meanwhile, and no more of its requests are read. */
  @Test
  void aTcpClientThatReadsLateGetsAllLinesInTheirOrder() throws Exception {
    Socket client = open(listeners.tcpPort());
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    send(client, "{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\"}\n");
    assertThat(lines.readLine()).contains("\"session\":");
    Outbox outbox = world.session("aa").outbox();
    String filler = "x".repeat(20_000);
    CompletableFuture<Void> offered =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < LINES_OF_LATE; i++) {
                outbox.room().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
                outbox.offer((i + filler).getBytes(StandardCharsets.US_ASCII));
              }
            });
    await().atMost(PATIENCE).during(Duration.ofMillis(100)).until(() -> !outbox.room().isDone());
    send(client, "{\"id\":\"p\",\"op\":\"ping\"}\n");
    List<String> got = new ArrayList<>();
    while (got.size() < LINES_OF_LATE + 1) {
      got.add(lines.readLine().replace(filler, ""));
    }
    offered.join();
    assertThat(got).filteredOn(each -> each.contains("\"id\":\"p\"")).hasSize(1);
    assertThat(got)
        .filteredOn(each -> !each.startsWith("{"))
        .isEqualTo(IntStream.range(0, LINES_OF_LATE).mapToObj(Integer::toString).toList());
    send(client, "{\"id\":\"q\",\"op\":\"ping\"}\n");
    assertThat(lines.readLine()).contains("\"id\":\"q\"");
  }

  /** A socket that carries a WebSocket; the head of the answer is read. */
  private Socket upgraded() throws IOException {
    Socket socket = http();
    send(
        socket,
        "GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private double closes(String word) {
    return world.registry.get("linnet.edge.closes").tag("code", word).counter().count();
  }

  private double lost() {
    return world.registry.get("linnet.edge.connections.lost").counter().count();
  }

  @Test
  void boundsSilentSocketsOfBothPortsTogetherAndStillAnswersAnOperator() throws Exception {
    // No deadline makes room here: only a newcomer does.
    listenWith(withHttpTimes(Duration.ofMinutes(10)));
    try (RawTcpClient session = RawTcpClient.connect("127.0.0.1", listeners.tcpPort())) {
      session.request("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\"}");
      for (int i = 1; i < MOST; i++) {
        open(i % 2 == 0 ? listeners.tcpPort() : listeners.httpPort());
      }
      await().atMost(PATIENCE).until(() -> admission.open() == MOST);

      try (RawTcpClient late = RawTcpClient.connect("127.0.0.1", listeners.tcpPort())) {
        assertThat(late.awaitClosed(PATIENCE).code()).isEqualTo(3004);
      }
      try (RawWebSocketClient late = RawWebSocketClient.connect(webSocket())) {
        assertThat(late.awaitClosed(PATIENCE).code()).isEqualTo(3004);
      }
      assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("retry-after: 5")
          .containsIgnoringCase("connection: close");

      for (int i = 0; i < 4 * SocketAdmission.SPARE; i++) {
        open(i % 2 == 0 ? listeners.tcpPort() : listeners.httpPort());
      }
      await().atMost(PATIENCE).until(() -> admission.refused() >= 4 * SocketAdmission.SPARE);
      // Those of the TCP listener were sent away; of the silent ones the newest are left.
      await().atMost(PATIENCE).until(() -> admission.open() == MOST + SocketAdmission.SPARE_PLACES);
      for (String path : new String[] {"/health/live", "/metrics"}) {
        // As the last of the flood are still closed, an operator may have to ask once more.
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    answer("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .startsWith("HTTP/1.1 200 "));
      }
      assertThat(admission.open()).isLessThanOrEqualTo(MOST + SocketAdmission.SPARE);
      assertThat(session.request("{\"id\":\"p\",\"op\":\"ping\"}").path("code").asInt()).isZero();
      for (Socket socket : sockets) {
        socket.close();
      }
      await().atMost(PATIENCE).until(() -> admission.open() == 1);
    }
    awaitAllGone();
    try (RawTcpClient next = RawTcpClient.connect("127.0.0.1", listeners.tcpPort())) {
      assertThat(
              next.request("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\"}").path("code").asInt())
          .isZero();
    }
  }

  @Test
  void cutsSocketsThatAreOverdue() throws Exception {
    listenWith(withHttpTimes(Duration.ofMillis(300)));
    try (RawWebSocketClient session = RawWebSocketClient.connect(webSocket())) {
      session.request("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"aa\"}");
      cutsWhatCarriesNoSession();
      assertThat(session.request("{\"id\":\"p\",\"op\":\"ping\"}").path("code").asInt()).isZero();
    }
  }

  private void cutsWhatCarriesNoSession() throws Exception {
    assertThat(rest(http())).isEmpty();
    Socket line = http();
    send(line, "GET /");
    assertThat(rest(line)).isEmpty();
    Socket idle = http();
    send(idle, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(rest(idle)).startsWith("HTTP/1.1 200 ");
    Socket body = http();
    send(body, "POST /v1/token HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{");
    assertThat(rest(body)).isEmpty();
    Socket upgrade = http();
    send(upgrade, "GET /v1/ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upg");
    assertThat(rest(upgrade)).isEmpty();
  }
}
