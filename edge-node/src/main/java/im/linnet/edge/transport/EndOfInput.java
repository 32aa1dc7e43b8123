package im.linnet.edge.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;

/**
 * Keeps a socket open after its client has ended its side, and marks that end by an empty buffer in
 * the stream of input. An event would overtake input that waits while the socket is paused. A read
 * never gives an empty buffer otherwise. One instance for all sockets, on their event loops.
 */
@ChannelHandler.Sharable
final class EndOfInput extends ChannelInboundHandlerAdapter {
  private static final EndOfInput INSTANCE = new EndOfInput();

  private EndOfInput() {}

  /** Adds it before the handler that brings the socket's input. */
  static void markedFor(ChannelHandlerContext reader) {
    Channel channel = reader.channel();
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.pipeline().addBefore(reader.name(), "linnet-end", INSTANCE);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
      context.fireChannelRead(Unpooled.EMPTY_BUFFER);
      context.fireChannelReadComplete();
    }
    super.userEventTriggered(context, event);
  }
}
