package im.linnet.edge.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;

/**
 * Stands after the decoder of a WebSocket and takes its word that the client broke the framing,
 * which would close the socket at once otherwise: the client is told first. The decoder reads on
 * and drops all that follows. On the socket's event loop.
 */
final class Breach extends ChannelInboundHandlerAdapter {
  private final WebSocketConnection connection;

  Breach(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    if (cause instanceof CorruptedWebSocketFrameException) {
      connection.broken();
    } else {
      super.exceptionCaught(context, cause);
    }
  }
}
