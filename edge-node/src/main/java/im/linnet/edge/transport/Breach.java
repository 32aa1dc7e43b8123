package im.linnet.edge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands after the decoder of a WebSocket and takes its word that the client broke the framing,
 * which would close the socket at once otherwise: the client is told first. The decoder reads on
 * and drops all that follows. It lets close codes pass that nobody may use, so those are looked at
 * here. On the socket's event loop.
 */
final class Breach extends ChannelInboundHandlerAdapter {
  // RFC 6455, section 7.4.2: nothing lies above the codes for private use.
  private static final int HIGHEST_CLOSE_CODE = 4_999;

  private final WebSocketConnection connection;

  Breach(WebSocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof CloseWebSocketFrame close && code(close) > HIGHEST_CLOSE_CODE) {
      ReferenceCountUtil.release(message);
      connection.broken();
    } else {
      super.channelRead(context, message);
    }
  }

  private static int code(CloseWebSocketFrame close) {
    ByteBuf content = close.content();
    return content.readableBytes() < Short.BYTES
        ? 0
        : content.getUnsignedShort(content.readerIndex());
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
