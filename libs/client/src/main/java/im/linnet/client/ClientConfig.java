package im.linnet.client;

import im.linnet.schemas.Names;
import im.linnet.schemas.Position;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a {@link ChatClient}. Immutable; checked here, before a socket opens.
 *
 * @param addresses the edges to choose from; the next one is tried after each failure
 * @param device the name of this device, so that several of one user can be told apart
 * @param resume the last positions of an earlier client of this user and device, null to begin anew
 * @param connectTimeout how long opening a connection may take, and its {@code auth} again
 * @param requestTimeout how long a request waits for its reply, reconnects included
 * @param backoffBase the upper bound of the first pause before a reconnect; it doubles each time
 * @param backoffCap the limit of that upper bound
 * @param maxPending the most requests without a reply, and the most pushes that the listener has
 *     not taken yet; a request beyond it fails at once, a push beyond it stays in the socket
 * @param maxFrameBytes the longest frame taken from the server
 * @param tls the trusted certificates, null to connect without TLS
 */
public record ClientConfig(
    List<ServerAddress> addresses,
    String device,
    @Nullable Resume resume,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration backoffBase,
    Duration backoffCap,
    int maxPending,
    int maxFrameBytes,
    @Nullable ClientTls tls) {

  /** The default device name. */
  public static final String DEFAULT_DEVICE = "default";

  /**
   * The positions of an earlier client.
   *
   * @param log the log's id
   * @param at the last position seen in each partition
   */
  public record Resume(String log, List<Position> at) {
    public Resume {
      at = List.copyOf(at);
    }
  }

  public ClientConfig {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("give at least one server address");
    }
    if (!Names.isId(device)) {
      throw new IllegalArgumentException(
          "a device name is 1-64 characters of Unicode text, not '" + device + "'");
    }
    requirePositive("connect time-out", connectTimeout);
    requirePositive("request time-out", requestTimeout);
    requirePositive("back-off base", backoffBase);
    requirePositive("back-off cap", backoffCap);
    if (maxPending < 1 || maxFrameBytes < 1) {
      throw new IllegalArgumentException("the client's bounds must be positive");
    }
  }

  /** The defaults with these edges. */
  public static ClientConfig of(List<ServerAddress> addresses) {
    return new ClientConfig(
        addresses,
        DEFAULT_DEVICE,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMillis(200),
        Duration.ofSeconds(20),
        1_024,
        1 << 20,
        null);
  }

  /** The defaults with one edge. */
  public static ClientConfig of(String host, int port) {
    return of(List.of(new ServerAddress(host, port)));
  }

  /** A copy with this device name. */
  public ClientConfig withDevice(String newDevice) {
    return new ClientConfig(
        addresses,
        newDevice,
        resume,
        connectTimeout,
        requestTimeout,
        backoffBase,
        backoffCap,
        maxPending,
        maxFrameBytes,
        tls);
  }

  /** A copy that goes on from the positions of an earlier client. */
  public ClientConfig withResume(Resume newResume) {
    return new ClientConfig(
        addresses,
        device,
        newResume,
        connectTimeout,
        requestTimeout,
        backoffBase,
        backoffCap,
        maxPending,
        maxFrameBytes,
        tls);
  }

  /** A copy with these times. */
  public ClientConfig withTimes(Duration connect, Duration request, Duration base, Duration cap) {
    return new ClientConfig(
        addresses, device, resume, connect, request, base, cap, maxPending, maxFrameBytes, tls);
  }

  /** A copy with this bound on requests and pushes under way. */
  public ClientConfig withMaxPending(int newMaxPending) {
    return new ClientConfig(
        addresses,
        device,
        resume,
        connectTimeout,
        requestTimeout,
        backoffBase,
        backoffCap,
        newMaxPending,
        maxFrameBytes,
        tls);
  }

  /** A copy that connects over TLS. */
  public ClientConfig withTls(ClientTls newTls) {
    return new ClientConfig(
        addresses,
        device,
        resume,
        connectTimeout,
        requestTimeout,
        backoffBase,
        backoffCap,
        maxPending,
        maxFrameBytes,
        newTls);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the " + name + " must be positive, not " + duration);
    }
  }
}
