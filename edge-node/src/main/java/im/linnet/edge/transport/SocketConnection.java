package im.linnet.edge.transport;

import im.linnet.edge.ops.EdgeMetrics;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The common base of both transports' connections: the handling of sockets and lines. */
abstract class SocketConnection implements ClientConnection {
  final Context context;
  final LineSplitter lines;
  final EdgeMetrics metrics;
  @Nullable Inbound inbound;
  boolean closing;

  SocketConnection(Context context, int frameLimit, EdgeMetrics metrics) {
    this.context = context;
    this.lines = new LineSplitter(frameLimit);
    this.metrics = metrics;
  }

  /** Takes the report that the socket is closed. */
  void ended() {
    closing = true;
    lines.release();
    if (inbound != null) {
      inbound.ended();
    }
  }

  /** Brings a line; false if the rest is not wanted. */
  final boolean line(byte[] bytes, int from, int to) {
    if (inbound != null) {
      inbound.frame(bytes, from, to);
    }
    return !closing;
  }

  @Override
  public final Executor loop() {
    return ((ContextInternal) context).nettyEventLoop();
  }

  @Override
  public final void execute(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  @Override
  public final void after(long millis, Runnable task) {
    context.owner().setTimer(millis, id -> task.run());
  }
}
