package im.linnet.edge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.util.ReferenceCountUtil;

/**
 * Stands after the decoder of a WebSocket and takes its report that the client broke the framing.
 * Otherwise that report would close the socket at once; here the client gets a close frame first.
 * The decoder reads on and drops all later input. The decoder lets invalid close codes pass, so
 * this class checks them. On the socket's event loop.
 */
final class Breach extends ChannelInboundHandlerAdapter {
  // RFC 6455, section 7.4.2: the codes for private use are the highest.
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
