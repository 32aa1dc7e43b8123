package im.linnet.edge.ops;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the user of this machine that owns a socket, by Linux's {@code /proc/net}. Other systems do
 * not tell. Blocks; the time grows with the number of sockets of the machine.
 */
final class SocketOwner {
  private static final Logger LOG = LoggerFactory.getLogger(SocketOwner.class);

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int USER = 7;
  private static final int INODE = 9;

  private final List<Path> tables;

  /**
   * Reads tables of that form.
   *
   * @param tables the paths of the tables; missing ones are skipped
   */
  SocketOwner(List<Path> tables) {
    this.tables = List.copyOf(tables);
  }

  /** Reads the tables of this machine. */
  static SocketOwner ofMachine() {
    return new SocketOwner(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
  }

  /** The user id of this process; empty if the machine does not tell. */
  static OptionalInt ownUser() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer user
          ? OptionalInt.of(user)
          : OptionalInt.empty();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      LOG.debug("no user id: {}", e.toString());
      return OptionalInt.empty();
    }
  }

  /**
   * The user of the program with the socket of that local address and that remote port; empty if
   * the machine does not tell.
   */
  OptionalInt of(InetAddress address, int port, int remotePort) {
    for (Path table : tables) {
      try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
        OptionalInt user =
            lines
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > INODE)
                .filter(fields -> port(fields[LOCAL]) == port)
                .filter(fields -> port(fields[REMOTE]) == remotePort)
                // A socket that its program has closed counts as the superuser's.
                .filter(fields -> !fields[INODE].equals("0"))
                .filter(fields -> isAt(fields[LOCAL], address))
                .mapToInt(fields -> Integer.parseUnsignedInt(fields[USER]))
                .findFirst();
        if (user.isPresent()) {
          return user;
        }
      } catch (IOException | RuntimeException e) {
        LOG.debug("{} does not tell who has a socket: {}", table, e.toString());
      }
    }
    return OptionalInt.empty();
  }

  private static int port(String hex) {
    int colon = hex.indexOf(':');
    return colon < 0 ? -1 : Integer.parseInt(hex, colon + 1, hex.length(), 16);
  }

  /**
   * Compares an address. The tables hold addresses in words of four bytes, in the machine's byte
   * order.
   */
  private static boolean isAt(String hex, InetAddress address) {
    byte[] bytes = HexFormat.of().parseHex(hex.substring(0, hex.indexOf(':')));
    if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      for (int i = 0; i < bytes.length; i += 4) {
        swap(bytes, i, i + 3);
        swap(bytes, i + 1, i + 2);
      }
    }
    try {
      // An IPv4 address in the form of IPv6 becomes one of IPv4.
      return InetAddress.getByAddress(bytes).equals(address);
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void swap(byte[] bytes, int one, int other) {
    byte kept = bytes[one];
    bytes[one] = bytes[other];
    bytes[other] = kept;
  }
}
