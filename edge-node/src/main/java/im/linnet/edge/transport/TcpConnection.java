package im.linnet.edge.transport;

import im.linnet.edge.ops.EdgeMetrics;
import im.linnet.schemas.frame.CloseCode;
import im.linnet.schemas.frame.Frames;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames as lines on a TCP socket.
 *
 * <p>Closing lingers: later input is read and dropped until the client closes too or the wait is
 * over. The kernel resets a socket that is closed with unread input, and the reset would take the
 * close frame away from the client. A client that ends only its own side is not gone: its input is
 * handled and answered.
 */
final class TcpConnection extends SocketConnection implements Handler<byte[]> {
  private static final byte[] PING = Frames.ping();
  private static final long MOST_DROPPED_BYTES = 16 << 20;

  private final LoopSocket socket;
  private final long closeWaitMillis;
  private boolean inputEnded;
  private boolean lastFrameLeft;
  private long timer = -1;
  private long dropped;

  TcpConnection(
      LoopSocket socket,
      Context context,
      int frameLimit,
      long closeWaitMillis,
      EdgeMetrics metrics) {
    super(context, frameLimit, metrics);
    this.socket = socket;
    this.closeWaitMillis = closeWaitMillis;
  }

  /** Brings all input to {@code target} from now on. */
  void open(Inbound target) {
    inbound = target;
    socket.open(this, this::broken);
  }

  /**
   * Ends the connection after a socket fault. Most often the client's side is gone: reset, or out
   * of reach.
   */
  private void broken() {
    if (!closing) {
      metrics.connectionLost();
    }
    socket.close();
  }

  @Override
  public boolean isGone() {
    // The socket can be asked at any time; it drops bytes once it is closed.
    return false;
  }

  @Override
  void ended() {
    if (timer >= 0) {
      context.owner().cancelTimer(timer);
    }
    super.ended();
  }

  /** Takes the next bytes of the socket. */
  @Override
  public void handle(byte[] chunk) {
    if (chunk.length == 0) {
      endOfInput();
      return;
    }
    if (closing) {
      dropped += chunk.length;
      if (dropped > MOST_DROPPED_BYTES) {
        socket.close();
      }
      return;
    }
    metrics.bytesReceived(chunk.length);
    if (!lines.feed(chunk, this::line) && inbound != null) {
      inbound.violation(CloseCode.FRAME_TOO_LARGE, "");
    }
  }

  /**
   * Takes the end of the input, see {@link EndOfInput}. The rest without a newline is a line too.
   */
  private void endOfInput() {
    if (inputEnded) {
      return;
    }
    inputEnded = true;
    if (closing) {
      // Both sides have sent all, unless the last frame still waits for its turn.
      if (lastFrameLeft) {
        socket.close();
      }
    } else if (inbound != null) {
      if (!lines.flush(this::line)) {
        inbound.violation(CloseCode.FRAME_TOO_LARGE, "");
      }
      inbound.inputEnded();
    }
  }

  @Override
  public String peer() {
    return SocketAddresses.ofClient(socket.channel());
  }

  @Override
  public @Nullable String bearer() {
    return null;
  }

  @Override
  public boolean writable() {
    return socket.takesBytes();
  }

  @Override
  public void onWritable(Runnable callback) {
    socket.onWritable(callback);
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
    if (!closing) {
      metrics.sent(frames.size(), socket.writeLines(frames));
    }
  }

  @Override
  public void ping() {
    write(List.of(PING));
  }

  @Override
  public void close(List<byte[]> lastFrames, int code, String reason) {
    if (closing) {
      return;
    }
    closing = true;
    lines.release();
    timer = context.owner().setTimer(closeWaitMillis, id -> socket.close());
    socket.resume();
    metrics.sent(lastFrames.size(), socket.writeLines(lastFrames, this::lastFrameLeft));
  }

  private void lastFrameLeft() {
    lastFrameLeft = true;
    if (inputEnded) {
      socket.close();
    } else {
      halfClose();
    }
  }

  /** The client sees the end of the stream after the last frame, and may close in its turn. */
  private void halfClose() {
    if (!socket.isSsl() && socket.channel() instanceof DuplexChannel channel) {
      var unused = channel.shutdownOutput();
    }
  }
}
