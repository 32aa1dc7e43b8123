package im.linnet.edge.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;

/**
 * The machine's transport with an {@link AcceptCounter} at each listening socket. Vert.x reports a
 * client only after the TLS handshake. This is its only extension point that sees a socket at its
 * accept.
 */
final class AdmittingTransport implements io.vertx.core.transport.Transport, Transport {
  private final io.vertx.core.transport.Transport machine;
  private final Transport base;
  private final SocketAdmission admission;

  private AdmittingTransport(io.vertx.core.transport.Transport machine, SocketAdmission admission) {
    this.machine = machine;
    this.base = machine.implementation();
    this.admission = admission;
  }

  /** The native transport if the machine has one, else Java's own. */
  static AdmittingTransport of(SocketAdmission admission) {
    io.vertx.core.transport.Transport best = io.vertx.core.transport.Transport.nativeTransport();
    return new AdmittingTransport(
        best == null || !best.available() ? io.vertx.core.transport.Transport.NIO : best,
        admission);
  }

  @Override
  public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
    base.configure(options, domainSocket, bootstrap);
    bootstrap.handler(new AcceptCounter(admission));
  }

  @Override
  public String name() {
    return machine.name();
  }

  @Override
  public boolean available() {
    return machine.available();
  }

  @Override
  public Transport implementation() {
    return this;
  }

  @Override
  public Throwable unavailabilityCause() {
    return machine.unavailabilityCause();
  }

  @Override
  public boolean isAvailable() {
    return base.isAvailable();
  }

  @Override
  public boolean supportsDomainSockets() {
    return base.supportsDomainSockets();
  }

  @Override
  public boolean supportFileRegion() {
    return base.supportFileRegion();
  }

  @Override
  public java.net.SocketAddress convert(SocketAddress address) {
    return base.convert(address);
  }

  @Override
  public SocketAddress convert(java.net.SocketAddress address) {
    return base.convert(address);
  }

  @Override
  public IoHandlerFactory ioHandlerFactory() {
    return base.ioHandlerFactory();
  }

  @Override
  public EventLoopGroup eventLoopGroup(
      int type, int threads, ThreadFactory threadFactory, int ioRatio) {
    return base.eventLoopGroup(type, threads, threadFactory, ioRatio);
  }

  @Override
  public DatagramChannel datagramChannel() {
    return base.datagramChannel();
  }

  @Override
  @SuppressWarnings("deprecation") // as the interface is
  public DatagramChannel datagramChannel(InternetProtocolFamily family) {
    return base.datagramChannel(family);
  }

  @Override
  public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
    return base.channelFactory(domainSocket);
  }

  @Override
  public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
    return base.serverChannelFactory(domainSocket);
  }

  @Override
  public void configure(DatagramChannel channel, DatagramSocketOptions options) {
    base.configure(channel, options);
  }

  @Override
  public void configure(
      ClientOptionsBase options, int connectTimeout, boolean domainSocket, Bootstrap bootstrap) {
    base.configure(options, connectTimeout, domainSocket, bootstrap);
  }
}
