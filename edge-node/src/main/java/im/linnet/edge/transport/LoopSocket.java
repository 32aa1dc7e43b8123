package im.linnet.edge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket that is read and written on its event loop only. Vert.x's own socket may be written
 * on any thread, and for that holds queues of 5 KiB for each connection.
 */
final class LoopSocket extends VertxConnection {
  private @Nullable Handler<byte[]> reader;
  private @Nullable Runnable broken;
  private @Nullable Runnable whenWritable;
  private boolean paused;
  private boolean closed;

  private LoopSocket(ContextInternal context, ChannelHandlerContext channel) {
    super(context, channel, true);
  }

  /** Takes over a socket that has just connected. Its former object must not be used any more. */
  static LoopSocket of(NetSocketInternal socket, ContextInternal context) {
    VertxHandler<LoopSocket> handler =
        VertxHandler.create(channel -> new LoopSocket(context, channel));
    ChannelHandlerContext former = socket.channelHandlerContext();
    var unused = former.pipeline().replace(former.handler(), former.name(), handler);
    return handler.getConnection();
  }

  /**
   * Brings all input from now on.
   *
   * @param target takes the next bytes; none of them mean the end of the input, see {@link
   *     EndOfInput}
   * @param fault runs after a fault of the socket
   */
  void open(Handler<byte[]> target, Runnable fault) {
    reader = target;
    broken = fault;
    EndOfInput.markedFor(channelHandlerContext());
  }

  @Override
  protected void handleMessage(Object message) {
    Handler<byte[]> target = closed ? null : reader;
    if (target != null && message instanceof ByteBuf bytes) {
      byte[] chunk = ByteBufUtil.getBytes(bytes);
      bytes.release();
      context.emit(chunk, target);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  protected void handleException(Throwable fault) {
    Runnable task = broken;
    if (task != null) {
      context.emit(fault, ignored -> task.run());
    }
  }

  @Override
  protected void handleClosed() {
    closed = true;
    // Releases what was read and not taken.
    doResume();
    super.handleClosed();
  }

  /** Stops reading. */
  void pause() {
    paused = true;
    doPause();
  }

  /** Reads on in a later turn, so that no input comes in the middle of the caller's work. */
  void resume() {
    paused = false;
    context.runOnContext(
        ignored -> {
          if (!paused) {
            doResume();
          }
        });
  }

  /** Whether it takes more bytes now. It drops them once it is closed. */
  boolean takesBytes() {
    return channel.isWritable() || !channel.isOpen();
  }

  /** Calls back once, when the socket takes bytes again. */
  void onWritable(Runnable callback) {
    whenWritable = callback;
  }

  @Override
  protected void handleWriteQueueDrained() {
    Runnable callback = whenWritable;
    if (callback != null) {
      whenWritable = null;
      // In a turn of its own: a write may have been the cause, and is not over.
      context.runOnContext(ignored -> callback.run());
    }
  }

  /** Writes lines in one go, each with its end. Returns the number of bytes. */
  int writeLines(List<byte[]> lines) {
    return writeLines(lines, voidPromise);
  }

  /**
   * Writes lines in one go, each with its end. Returns the number of bytes.
   *
   * @param then runs once they have left, or cannot leave
   */
  int writeLines(List<byte[]> lines, Runnable then) {
    return writeLines(
        lines, channelHandlerContext().newPromise().addListener(written -> then.run()));
  }

  private int writeLines(List<byte[]> lines, ChannelPromise written) {
    int size = lines.size();
    for (byte[] line : lines) {
      size += line.length;
    }
    ByteBuf bytes = channelHandlerContext().alloc().buffer(size);
    for (byte[] line : lines) {
      bytes.writeBytes(line).writeByte('\n');
    }
    var unused = write(bytes, false, written);
    return size;
  }
}
