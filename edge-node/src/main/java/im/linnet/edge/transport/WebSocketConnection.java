package im.linnet.edge.transport;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.frame.CloseCode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames in the text messages of a WebSocket, several in one separated by newlines. */
final class WebSocketConnection extends SocketConnection {
  private static final Buffer NOTHING = Buffer.buffer();
  // RFC 6455, section 5.5: a control frame carries at most 125 bytes, two of which are the code.
  private static final int MOST_REASON_BYTES = 123;

  private final ServerWebSocket socket;
  private final @Nullable String bearer;

  WebSocketConnection(
      ServerWebSocket socket,
      Context context,
      @Nullable String bearer,
      int frameLimit,
      EdgeMetrics metrics) {
    super(socket, socket, context, frameLimit, metrics);
    this.socket = socket;
    this.bearer = bearer;
  }

  /** Brings everything to {@code target} from here on. */
  void open(Inbound target) {
    inbound = target;
    socket.frameHandler(this::received);
    socket.pongHandler(pong -> target.alive());
    // The framing layer gave up: what came is no WebSocket, or no text.
    socket.exceptionHandler(failure -> target.violation(CloseCode.PROTOCOL_ERROR, ""));
  }

  private void received(WebSocketFrame frame) {
    if (closing || inbound == null) {
      return;
    }
    switch (frame.type()) {
      case TEXT, CONTINUATION -> text(frame, inbound);
      case BINARY -> inbound.violation(CloseCode.PROTOCOL_ERROR, "a binary message");
      case PING, PONG -> inbound.alive();
      case CLOSE -> {
        // the close handler follows
      }
    }
  }

  private void text(WebSocketFrame frame, Inbound target) {
    byte[] chunk = frame.binaryData().getBytes();
    metrics.bytesReceived(chunk.length);
    boolean fits = lines.feed(chunk, this::line);
    if (fits && !closing && frame.isFinal()) {
      fits = lines.flush(this::line);
    }
    if (!fits) {
      target.violation(CloseCode.FRAME_TOO_LARGE, "");
    }
  }

  @Override
  public String peer() {
    return Addresses.of(socket.remoteAddress());
  }

  @Override
  public @Nullable String bearer() {
    return bearer;
  }

  @Override
  public void write(List<byte[]> frames) {
    if (!closing && !socket.isClosed()) {
      send(frames);
    }
  }

  private void send(List<byte[]> frames) {
    byte[] message = frames.size() == 1 ? frames.getFirst() : joined(frames);
    metrics.sent(frames.size(), message.length);
    socket.writeTextMessage(new String(message, StandardCharsets.UTF_8));
  }

  private static byte[] joined(List<byte[]> frames) {
    int size = frames.size() - 1;
    for (byte[] frame : frames) {
      size += frame.length;
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream(size);
    for (int i = 0; i < frames.size(); i++) {
      if (i > 0) {
        message.write('\n');
      }
      message.writeBytes(frames.get(i));
    }
    return message.toByteArray();
  }

  @Override
  public void ping() {
    if (!closing && !socket.isClosed()) {
      socket.writePing(NOTHING);
    }
  }

  @Override
  public void close(List<byte[]> lastFrames, int code, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    lines.release();
    if (socket.isClosed()) {
      return;
    }
    socket.resume();
    if (!lastFrames.isEmpty()) {
      send(lastFrames);
    }
    socket.close((short) code, shortened(reason));
  }

  private static String shortened(String reason) {
    String text = reason;
    while (text.getBytes(StandardCharsets.UTF_8).length > MOST_REASON_BYTES) {
      text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
    return text;
  }
}
