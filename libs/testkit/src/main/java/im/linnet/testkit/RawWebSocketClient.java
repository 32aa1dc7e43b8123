package im.linnet.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The protocol over a WebSocket (RFC 6455, unencrypted), on a plain socket like the line protocol.
 * The JDK's own client does not fit: it sometimes misses the end of a connection without a close
 * frame, and it answers pings that a test wants to ignore.
 */
public final class RawWebSocketClient extends SocketClient {
  /** The protocol's name in the handshake. */
  public static final String SUBPROTOCOL = "linnet.v1";

  private static final int HANDSHAKE_PATIENCE_MILLIS = 10_000;
  private static final int MOST_HEAD_BYTES = 16 * 1024;

  private RawWebSocketClient(Socket socket) {
    super(socket);
  }

  /** Connects with Linnet's subprotocol, and begins to read. */
  public static RawWebSocketClient connect(URI uri) {
    return connect(uri, Map.of("Sec-WebSocket-Protocol", SUBPROTOCOL));
  }

  /**
   * Connects with exactly these headers beside the handshake's own.
   *
   * @throws IllegalStateException with the server's status line, if it does not switch protocols
   */
  public static RawWebSocketClient connect(URI uri, Map<String, String> headers) {
    try {
      Socket socket = open(uri.getHost(), uri.getPort(), 0);
      try {
        handshake(socket, uri, headers);
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
      RawWebSocketClient client = new RawWebSocketClient(socket);
      client.beginReading();
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + uri, e);
    }
  }

  /** Sends one text message. It may hold several frames, with line ends between them. */
  @Override
  public void send(String json) {
    sendFrame(WebSocketFrame.TEXT, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one WebSocket frame of any kind, such as a ping or a binary one. */
  public void sendFrame(int opcode, byte[] payload) {
    sendBytes(masked(opcode, payload));
  }

  @Override
  Closed readAll(InputStream in) throws IOException, InterruptedException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    passGate();
    for (WebSocketFrame frame = WebSocketFrame.read(in);
        frame != null;
        frame = WebSocketFrame.read(in)) {
      switch (frame.opcode()) {
        case WebSocketFrame.TEXT, WebSocketFrame.CONTINUATION -> {
          message.write(frame.payload());
          if (frame.last()) {
            take(message.toString(StandardCharsets.UTF_8));
            message.reset();
          }
        }
        case WebSocketFrame.PING -> answerPing(frame);
        case WebSocketFrame.CLOSE -> {
          return answerClose(frame);
        }
        case WebSocketFrame.PONG -> {}
        default -> throw new IOException("unexpected opcode " + frame.opcode());
      }
      passGate();
    }
    return new Closed(0, "");
  }

  private void answerPing(WebSocketFrame ping) throws IOException {
    if (answersPings()) {
      write(masked(WebSocketFrame.PONG, ping.payload()));
    }
  }

  private Closed answerClose(WebSocketFrame close) {
    try {
      write(masked(WebSocketFrame.CLOSE, close.payload()));
    } catch (IOException e) {
      // The server did not wait for the answer; its close frame counts.
    }
    ByteBuffer payload = ByteBuffer.wrap(close.payload());
    return payload.remaining() < 2
        ? new Closed(0, "")
        : new Closed(
            payload.getShort() & 0xffff, StandardCharsets.UTF_8.decode(payload).toString());
  }

  private static byte[] masked(int opcode, byte[] payload) {
    return new WebSocketFrame(true, opcode, payload).masked(ThreadLocalRandom.current().nextInt());
  }

  private static void handshake(Socket socket, URI uri, Map<String, String> headers)
      throws IOException {
    byte[] key = new byte[16];
    ThreadLocalRandom.current().nextBytes(key);
    StringBuilder request =
        new StringBuilder("GET ")
            .append(uri.getRawPath())
            .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
            .append(" HTTP/1.1\r\nHost: ")
            .append(uri.getRawAuthority())
            .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13")
            .append("\r\nSec-WebSocket-Key: ")
            .append(Base64.getEncoder().encodeToString(key));
    headers.forEach((name, value) -> request.append("\r\n").append(name + ": " + value));
    request.append("\r\n\r\n");
    socket.setSoTimeout(HANDSHAKE_PATIENCE_MILLIS);
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
    String status = head(socket.getInputStream()).lines().findFirst().orElse("");
    if (!status.toUpperCase(Locale.ROOT).matches("HTTP/1\\.1 101( .*)?")) {
      throw new IllegalStateException("the server did not switch protocols: " + status);
    }
    socket.setSoTimeout(0);
  }

  /** Reads the answer's head byte by byte, because the first frame may follow at once. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0 || head.length() > MOST_HEAD_BYTES) {
        throw new IOException("the server ended the handshake: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
