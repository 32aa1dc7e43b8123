package im.linnet.edge.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The sockets of one listener that came above the bound. Safe on any thread. */
final class SparePlaces {
  private final int places;
  private final Deque<Channel> taken = new ArrayDeque<>();

  /**
   * @param places the number of places
   */
  SparePlaces(int places) {
    this.places = places;
  }

  /**
   * Gives a socket a place until it is closed. If all places are taken, the oldest socket is
   * closed.
   */
  void take(Channel socket) {
    Channel oldest = add(socket);
    if (oldest != null) {
      end(oldest);
    }
    socket.closeFuture().addListener(closed -> leave(socket));
  }

  /** Closes a socket without the closing handshake that handlers might wait for. */
  private static void end(Channel socket) {
    ChannelHandlerContext nearest = socket.pipeline().firstContext();
    var unused = nearest == null ? socket.close() : nearest.close();
  }

  private synchronized @Nullable Channel add(Channel socket) {
    taken.add(socket);
    return taken.size() > places ? taken.remove() : null;
  }

  private synchronized void leave(Channel socket) {
    taken.remove(socket);
  }
}
