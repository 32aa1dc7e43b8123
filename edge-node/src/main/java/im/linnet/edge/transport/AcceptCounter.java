package im.linnet.edge.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts the sockets of one listening socket at their accept, before any other work for them. On
 * the accepting thread.
 */
@ChannelHandler.Sharable
final class AcceptCounter extends ChannelInboundHandlerAdapter {
  private final SocketAdmission admission;
  private final SparePlaces spare = new SparePlaces(SocketAdmission.SPARE_PLACES);

  AcceptCounter(SocketAdmission admission) {
    this.admission = admission;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof Channel socket && !admission.enter(socket, spare)) {
      socket.unsafe().closeForcibly();
      return;
    }
    super.channelRead(context, message);
  }
}
