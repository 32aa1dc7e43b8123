package im.linnet.edge.config;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Names;
import im.linnet.settings.Setting;
import im.linnet.settings.SettingException;
import im.linnet.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set on an edge, checked at construction, before a socket opens. Each
 * {@link Setting} has its flag, default, bounds and meaning beside it.
 *
 * @param edge the edge's id, one per running process: 1-64 characters of a user name
 * @param listeners where clients connect
 * @param sessions what one session may do
 * @param auth who may connect
 * @param publishing the way into the log
 * @param reads the way to the store
 * @param tail what the edge keeps of the log's end
 * @param attach how sessions are brought up to date
 */
public record EdgeConfig(
    String edge,
    Listeners listeners,
    Sessions sessions,
    Auth auth,
    Publishing publishing,
    Reads reads,
    Tail tail,
    AttachSettings attach) {

  public EdgeConfig {
    require(
        Names.isToken(edge),
        "'" + edge + "' cannot be an edge's name",
        "--edge-id",
        "give 1 to 64 of A-Z a-z 0-9 . _ @ -");
  }

  /** An edge with every default. */
  public static EdgeConfig of(String edge, Auth auth) {
    return new EdgeConfig(
        edge,
        Listeners.DEFAULT,
        Sessions.DEFAULT,
        auth,
        Publishing.DEFAULT,
        Reads.DEFAULT,
        Tail.DEFAULT,
        AttachSettings.DEFAULT);
  }

  /** This edge with other listeners. */
  public EdgeConfig withListeners(Listeners other) {
    return new EdgeConfig(edge, other, sessions, auth, publishing, reads, tail, attach);
  }

  /** This edge with other keys and claims of tokens. */
  public EdgeConfig withAuth(Auth other) {
    return new EdgeConfig(edge, listeners, sessions, other, publishing, reads, tail, attach);
  }

  /**
   * Where clients connect.
   *
   * @param host the address to bind, for both listeners
   * @param tcpPort the TCP listener; 0 takes a free port
   * @param httpPort the HTTP and WebSocket listener; 0 takes a free port
   * @param advertisedHost the host that other processes and clients are told; null: the bound one,
   *     or, where that is a wildcard, the machine's own address
   * @param eventLoops threads that serve sockets
   * @param connections open sockets of both listeners, whatever they carry; one more is told that
   *     there is no room (3004, or 503) and closed
   * @param tls certificate and key for both listeners; null serves in the clear
   */
  public record Listeners(
      String host,
      int tcpPort,
      int httpPort,
      @Nullable String advertisedHost,
      @Setting(
              flag = "--event-loops",
              value = Setting.CORES,
              least = "1",
              most = "1024",
              doc = "Threads that serve sockets.")
          int eventLoops,
      int connections,
      @Nullable Tls tls,
      @Setting(
              flag = "--close-wait",
              value = "2s",
              least = "10ms",
              most = "1m",
              doc = "How long a closing socket may take to take its last frame.")
          Duration closeWait,
      @Setting(
              flag = "--request-time",
              value = "10s",
              least = "10ms",
              most = "10m",
              doc =
                  "How long an HTTP request may take from its first byte to its last, a TLS"
                      + " handshake, and an HTTP client from its accept to its first byte.")
          Duration requestTime,
      @Setting(
              flag = "--idle-time",
              value = "60s",
              least = "10ms",
              most = "10m",
              doc =
                  "How long an HTTP socket may be idle between requests, or take to take an answer.")
          Duration idleTime) {
    /** Every interface of this machine and the documented ports. */
    public static final Listeners DEFAULT =
        Settings.defaults(Listeners.class, "0.0.0.0", 9000, 8080, null, 100_000, null);

    /** More sockets than any machine has. */
    private static final int MOST_CONNECTIONS = 10_000_000;

    public Listeners {
      Settings.check(
          Listeners.class,
          host,
          tcpPort,
          httpPort,
          advertisedHost,
          eventLoops,
          connections,
          tls,
          closeWait,
          requestTime,
          idleTime);
      SettingException.requireText(host, "--host");
      requirePort("--tcp-port", tcpPort);
      requirePort("--http-port", httpPort);
      require(
          tcpPort == 0 || tcpPort != httpPort,
          "both listeners want port " + tcpPort,
          "--http-port",
          "give another one than --tcp-port has");
      require(
          connections >= 1 && connections <= MOST_CONNECTIONS,
          connections + " connections",
          "--connections",
          "give 1 to " + MOST_CONNECTIONS);
    }

    /** These on another address. */
    public Listeners withAddress(String otherHost, int otherTcpPort, int otherHttpPort) {
      return at(otherHost, otherTcpPort, otherHttpPort, advertisedHost, connections, tls);
    }

    /** These where an operator wants them; what remains are times and threads. */
    public Listeners at(
        String otherHost,
        int otherTcpPort,
        int otherHttpPort,
        @Nullable String otherAdvertisedHost,
        int otherConnections,
        @Nullable Tls otherTls) {
      return new Listeners(
          otherHost,
          otherTcpPort,
          otherHttpPort,
          otherAdvertisedHost,
          eventLoops,
          otherConnections,
          otherTls,
          closeWait,
          requestTime,
          idleTime);
    }

    private static void requirePort(String flag, int port) {
      require(port >= 0 && port <= 65_535, port + " is not a port", flag, "give 0 to 65535");
    }
  }

  /**
   * A certificate.
   *
   * @param certificate PEM file with the chain
   * @param key PEM file with the private key (PKCS #8)
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * What one session may do.
   *
   * @param limits the protocol's bounds, told to the client
   */
  public record Sessions(
      @Setting(
              flag = "--auth-timeout",
              value = "10s",
              least = "50ms",
              most = "10m",
              doc = "How long a connection may stay without a successful auth.")
          Duration authTimeout,
      @Setting(
              flag = "--heartbeat",
              value = "25s",
              least = "50ms",
              most = "1h",
              doc = "A session that is idle for this long is pinged, and closed after two of them.")
          Duration heartbeat,
      @Setting(
              flag = "--requests-in-flight",
              value = "256",
              least = "1",
              most = "100000",
              doc = "Requests of one session under way. Above it the socket is not read.")
          int requestsInFlight,
      @Setting(
              flag = "--outbox-bytes",
              value = "262144",
              // Two of the largest frames.
              least = "131072",
              most = "1073741824",
              doc = "Bytes that wait for a session's socket before its client counts as slow.")
          int outboxBytes,
      @Setting(
              flag = "--outbox-frames",
              value = "1000",
              least = "8",
              most = "1000000",
              doc = "Frames that wait for a session's socket before its client counts as slow.")
          int outboxFrames,
      @Setting(
              flag = "--remembered-sends",
              value = "256",
              least = "1",
              most = "100000",
              doc =
                  "Sends of one session whose outcome is kept for a repeat. Older ones are looked up"
                      + " in the log.")
          int rememberedSends,
      @Setting(
              flag = "--watched-users",
              value = "1000",
              least = "1",
              most = "100000",
              doc = "Users whose presence one session may watch.")
          int watchedUsers,
      Limits limits) {
    /** The protocol's own bounds. */
    public static final Sessions DEFAULT = Settings.defaults(Sessions.class, Limits.DEFAULT);

    public Sessions {
      Settings.check(
          Sessions.class,
          authTimeout,
          heartbeat,
          requestsInFlight,
          outboxBytes,
          outboxFrames,
          rememberedSends,
          watchedUsers,
          limits);
    }
  }

  /**
   * Who may connect: at least one of a shared secret and a key set.
   *
   * @param secret the key of HS256 tokens, null where none are taken
   * @param jwks a file or an http(s) URL with the JSON Web Key Set of RS256 and ES256 tokens, null
   *     where none are taken
   * @param expected whose tokens count and for whom they must be meant; with a key set it names an
   *     audience, since such keys sign for other applications too
   * @param issueTokens whether {@code POST /v1/token} gives tokens to this machine's own users
   */
  public record Auth(
      @Nullable SigningSecret secret,
      @Nullable String jwks,
      @Setting(
              flag = "--jwks-refresh",
              value = "10m",
              least = "1s",
              most = "1d",
              doc = "How often the key set is read again.")
          Duration jwksRefresh,
      ExpectedClaims expected,
      @Setting(
              flag = "--jwt-leeway",
              value = "0s",
              least = "0s",
              most = "30s",
              doc = "How far clocks may differ when the exp and nbf of a token are judged.")
          Duration leeway,
      boolean issueTokens,
      @Setting(
              flag = "--token-life",
              value = "30d",
              least = "1s",
              most = "366d",
              doc = "How long a token of POST /v1/token is good.")
          Duration tokenLife) {
    private static final String SECRET = "--token-secret-file";

    public Auth {
      Settings.check(
          Auth.class, secret, jwks, jwksRefresh, expected, leeway, issueTokens, tokenLife);
      require(
          secret != null || jwks != null,
          "nothing says whose tokens are good",
          SECRET,
          "give a file with a key of 32 bytes or more, or --jwks with a key set");
      require(
          jwks == null || !expected.audiences().isEmpty(),
          "tokens that the same keys sign for other applications would be good here, too",
          "--jwt-audience",
          "give the aud of tokens that are meant for this service");
      require(
          !issueTokens || secret != null,
          "tokens cannot be given without a key to sign them",
          SECRET,
          "give a file with a key, or --no-tokens");
    }

    /** HS256 tokens of that secret, whatever their issuer and audience; none are issued. */
    public static Auth ofSecret(SigningSecret secret) {
      return of(secret, null, ExpectedClaims.ANY);
    }

    /**
     * Tokens of a secret, a key set, or both; none are issued.
     *
     * @param expected names an audience where there is a key set
     */
    public static Auth of(
        @Nullable SigningSecret secret, @Nullable String jwks, ExpectedClaims expected) {
      return Settings.defaults(Auth.class, secret, jwks, expected, false);
    }

    /** These with another key of HS256 tokens. */
    public Auth withSecret(SigningSecret other) {
      return new Auth(other, jwks, jwksRefresh, expected, leeway, issueTokens, tokenLife);
    }

    /** These, and tokens for whoever asks from this machine. */
    public Auth issuingTokens() {
      return new Auth(secret, jwks, jwksRefresh, expected, leeway, true, tokenLife);
    }
  }

  /** The way into the log. */
  public record Publishing(
      @Setting(
              flag = "--sends-in-flight",
              value = "50000",
              least = "1",
              most = "10000000",
              doc = "Records of this edge that wait for Kafka. Above it a send is answered 5003.")
          int inFlight,
      @Setting(
              flag = "--send-retry-after",
              value = "1s",
              least = "1ms",
              most = "10m",
              doc = "How long that 5003 tells the client to wait.")
          Duration retryAfter) {
    /** Room for what a fast client burst brings. */
    public static final Publishing DEFAULT = Settings.defaults(Publishing.class);

    public Publishing {
      Settings.check(Publishing.class, inFlight, retryAfter);
    }
  }

  /** The way to the store. */
  public record Reads(
      @Setting(
              flag = "--view-workers",
              value = "8",
              least = "1",
              most = "1000",
              doc = "Threads that ask the view.")
          int workers,
      @Setting(
              flag = "--view-queue",
              value = "1000",
              least = "1",
              most = "1000000",
              doc = "Requests that wait for such a thread. Above it a request is answered 5003.")
          int queue,
      @Setting(
              flag = "--view-wait",
              value = "2s",
              least = "1ms",
              most = "1m",
              doc = "How long a request waits until the view holds what its session has seen.")
          Duration viewWait) {
    /** A few threads and a short queue: what waits longer is better told so. */
    public static final Reads DEFAULT = Settings.defaults(Reads.class);

    public Reads {
      Settings.check(Reads.class, workers, queue, viewWait);
    }
  }

  /** What the edge keeps of the log. */
  public record Tail(
      @Setting(
              flag = "--ring-bytes",
              value = "67108864",
              least = "1048576",
              most = "1099511627776",
              doc = "Bytes of the newest records, of all partitions that are read here together.")
          long ringBytes,
      @Setting(
              flag = "--spare-users",
              value = "65536",
              least = "0",
              most = "100000000",
              doc = "Users whose presence is kept although no client of this edge needs them.")
          int spareUsers,
      @Setting(
              flag = "--ring-linger",
              value = "60s",
              least = "0s",
              most = "1h",
              doc = "How long a partition is kept after its last user left, for a reconnect.")
          Duration linger,
      @Setting(
              flag = "--filter-bytes",
              value = "134217728",
              least = "1048576",
              most = "1099511627776",
              doc = "Bytes of the filters of duplicates: 32 to 64 for each message of some 40 s.")
          long filterBytes,
      @Setting(
              flag = "--tail-silence",
              value = "15s",
              least = "1s",
              most = "10m",
              doc = "Without an answer from Kafka for so long, the edge is not ready.")
          Duration silence) {
    /** Some seconds of a busy edge, and all users of most clusters. */
    public static final Tail DEFAULT = Settings.defaults(Tail.class);

    public Tail {
      Settings.check(Tail.class, ringBytes, spareUsers, linger, filterBytes, silence);
    }
  }

  private static void require(boolean holds, String what, String flag, String remedy) {
    if (!holds) {
      throw new SettingException(what, flag, remedy);
    }
  }
}
