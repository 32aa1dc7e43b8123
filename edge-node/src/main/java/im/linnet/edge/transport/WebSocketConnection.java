package im.linnet.edge.transport;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.frame.CloseCode;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.VertxConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames in the text messages of a WebSocket, several in one separated by newlines. */
final class WebSocketConnection extends SocketConnection {
  private static final Buffer NOTHING = Buffer.buffer();
  // RFC 6455, section 5.5: a control frame carries at most 125 bytes, two of which are the code.
  private static final int MOST_REASON_BYTES = 123;

  // RFC 6455, section 7.4.1.
  private static final int PROTOCOL_ERROR = 1002;
  private static final int NO_CLOSE_FRAME = 1006;

  private final ServerWebSocket socket;
  private final VertxConnection wire;
  private final @Nullable String bearer;
  private boolean broken;

  /**
   * @param wire the connection under the WebSocket
   * @param bearer the token of the handshake, null if it had none
   */
  WebSocketConnection(
      ServerWebSocket socket,
      VertxConnection wire,
      Context context,
      @Nullable String bearer,
      int frameLimit,
      EdgeMetrics metrics) {
    super(context, frameLimit, metrics);
    this.socket = socket;
    this.wire = wire;
    this.bearer = bearer;
  }

  /** Brings all input to {@code target} from now on. */
  void open(Inbound target) {
    inbound = target;
    socket.frameHandler(this::received);
    socket.pongHandler(pong -> target.alive());
  }

  /**
   * Ends a connection after the client broke the framing; all later input is dropped. See {@link
   * Breach}.
   */
  void broken() {
    broken = true;
    if (!closing && inbound != null) {
      inbound.violation(CloseCode.PROTOCOL_ERROR, "the WebSocket framing is broken");
    }
  }

  @Override
  void ended() {
    if (!closing && hasDied()) {
      metrics.connectionLost();
    }
    super.ended();
  }

  private boolean hasDied() {
    Short code = socket.closeStatusCode();
    return code == null || code == NO_CLOSE_FRAME;
  }

  @Override
  public boolean isGone() {
    return socket.isClosed();
  }

  private void received(io.vertx.core.http.WebSocketFrame frame) {
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

  private void text(io.vertx.core.http.WebSocketFrame frame, Inbound target) {
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
    return SocketAddresses.ofClient(wire.channel());
  }

  @Override
  public @Nullable String bearer() {
    return bearer;
  }

  @Override
  public boolean writable() {
    return !socket.writeQueueFull();
  }

  @Override
  public void onWritable(Runnable callback) {
    socket.drainHandler(ignored -> callback.run());
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }

  @Override
  public void write(List<byte[]> frames) {
    if (!closing && !socket.isClosed()) {
      send(frames);
    }
  }

  private void send(List<byte[]> frames) {
    metrics.sent(frames.size(), TextFrames.length(frames));
    for (WebSocketFrame part : TextFrames.of(frames, ServerOptions.FRAME_BYTES)) {
      wire.writeToChannel(part);
    }
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
    socket.close((short) (broken ? PROTOCOL_ERROR : code), shortened(reason));
    if (broken) {
      halfClose();
    }
  }

  /**
   * Ends the output. The decoder cannot read the client's close frame any more, so the end of the
   * stream replaces it: the client sees the end of the server's stream, and closes in its turn. If
   * the output cannot be ended at once, the wait for the close frame runs out.
   */
  private void halfClose() {
    Channel channel = wire.channel();
    if (!socket.isSsl() && channel.isWritable() && channel instanceof DuplexChannel duplex) {
      channel
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(
              written -> {
                var unused = duplex.shutdownOutput();
              });
    }
  }

  private static String shortened(String reason) {
    String text = reason;
    while (text.getBytes(StandardCharsets.UTF_8).length > MOST_REASON_BYTES) {
      text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }
    return text;
  }
}
