package im.linnet.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets, bound before Kafka is built and handed over when Kafka asks for them.
 * So another process cannot take a free port after it is chosen. A port in use is known before any
 * work is done. The configuration can name both ports.
 *
 * <p>Used by the starting thread, then by Kafka's threads. Kafka closes a socket that was handed
 * over. {@link #close()} closes a socket that Kafka never asked for.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {
  private static final int BACKLOG = 128;

  private final ServerSocketChannel clients;
  private final ServerSocketChannel controller;

  private BoundSockets(ServerSocketChannel clients, ServerSocketChannel controller) {
    this.clients = clients;
    this.controller = controller;
  }

  /**
   * Binds both sockets.
   *
   * @throws BrokerStartException if the clients' port is in use, or the host is not an address of
   *     this machine
   */
  static BoundSockets bind(String host, int port) throws IOException {
    InetSocketAddress address = resolve(host, port);
    ServerSocketChannel clients = ServerSocketChannel.open();
    ServerSocketChannel controller = ServerSocketChannel.open();
    try {
      clients.bind(address, BACKLOG);
      controller.bind(resolve(EmbeddedBrokerConfig.DEFAULT_HOST, 0), BACKLOG);
      // Kafka selects on its sockets.
      clients.configureBlocking(false);
      controller.configureBlocking(false);
      return new BoundSockets(clients, controller);
    } catch (BindException e) {
      closeBoth(clients, controller);
      throw new BrokerStartException(
          "cannot listen on "
              + host
              + ":"
              + port
              + " for Kafka clients ("
              + e.getMessage()
              + "): stop what uses the port, or choose another one",
          e);
    } catch (IOException | RuntimeException e) {
      closeBoth(clients, controller);
      throw e;
    }
  }

  int clientPort() {
    return clients.socket().getLocalPort();
  }

  int controllerPort() {
    return controller.socket().getLocalPort();
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes)
      throws IOException {
    return switch (listenerName) {
      case BrokerSettings.CLIENT_LISTENER -> clients;
      case BrokerSettings.CONTROLLER_LISTENER -> controller;
      default -> throw new IOException("no socket was bound for listener " + listenerName);
    };
  }

  @Override
  public void close() throws IOException {
    closeBoth(clients, controller);
  }

  private static InetSocketAddress resolve(String host, int port) {
    try {
      return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
    } catch (UnknownHostException e) {
      throw new BrokerStartException("the broker's host '" + host + "' cannot be resolved", e);
    }
  }

  private static void closeBoth(ServerSocketChannel first, ServerSocketChannel second)
      throws IOException {
    try (first;
        second) {
      // Closed in any case, the second first; closing a closed channel does nothing.
    }
  }
}
