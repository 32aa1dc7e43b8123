package im.linnet.edge.config;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.SigningSecret;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Names;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set on an edge, checked at construction, before a socket opens. Start from
 * {@link #of} and replace what differs.
 *
 * @param edge the edge's id, one per running process: 1-64 characters of a user name
 * @param listeners where clients connect
 * @param sessions what one session may do
 * @param auth who may connect
 * @param publishing the way into the log
 * @param reads the way to the store
 * @param tail what the edge keeps of the log's end
 */
public record EdgeConfig(
    String edge,
    Listeners listeners,
    Sessions sessions,
    Auth auth,
    Publishing publishing,
    Reads reads,
    Tail tail) {

  public EdgeConfig {
    require(Names.isToken(edge), "edge", "'" + edge + "' is not 1-64 of A-Z a-z 0-9 . _ @ -");
    require(
        sessions.outboxBytes() >= sessions.limits().frame() * 2,
        "sessions.outboxBytes",
        "has no room for two frames of sessions.limits.frame");
    require(
        !auth.issueTokens() || auth.secret() != null,
        "auth.issueTokens",
        "needs auth.secret to sign with");
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
        Tail.DEFAULT);
  }

  /** The same with other listeners. */
  public EdgeConfig withListeners(Listeners other) {
    return new EdgeConfig(edge, other, sessions, auth, publishing, reads, tail);
  }

  /** The same with another key of HS256 tokens. */
  public EdgeConfig withSecret(SigningSecret other) {
    return new EdgeConfig(
        edge, listeners, sessions, auth.withSecret(other), publishing, reads, tail);
  }

  /** The same with other session bounds. */
  public EdgeConfig withSessions(Sessions other) {
    return new EdgeConfig(edge, listeners, other, auth, publishing, reads, tail);
  }

  /** The same with another way to the store. */
  public EdgeConfig withReads(Reads other) {
    return new EdgeConfig(edge, listeners, sessions, auth, publishing, other, tail);
  }

  /** The same with another tail. */
  public EdgeConfig withTail(Tail other) {
    return new EdgeConfig(edge, listeners, sessions, auth, publishing, reads, other);
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
   * @param closeWait how long a closing socket may take to take its last frame
   * @param requestTime how long an HTTP request may take from its first byte to its last, a TLS
   *     handshake from its begin to its end, and an HTTP client from its accept to a first byte
   * @param idleTime how long an HTTP socket may be idle between requests, or not take an answer
   */
  public record Listeners(
      String host,
      int tcpPort,
      int httpPort,
      @Nullable String advertisedHost,
      int eventLoops,
      int connections,
      @Nullable Tls tls,
      Duration closeWait,
      Duration requestTime,
      Duration idleTime) {
    /** Every interface of this machine, the documented ports, one loop per core. */
    public static final Listeners DEFAULT =
        new Listeners(
            "0.0.0.0",
            9000,
            8080,
            null,
            Math.max(1, Runtime.getRuntime().availableProcessors()),
            100_000,
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    public Listeners {
      require(!host.isBlank(), "listeners.host", "is empty");
      requirePort("listeners.tcpPort", tcpPort);
      requirePort("listeners.httpPort", httpPort);
      require(
          tcpPort == 0 || tcpPort != httpPort,
          "listeners.httpPort",
          "is listeners.tcpPort, " + tcpPort);
      requireRange("listeners.eventLoops", eventLoops, 1, 1024);
      requireRange("listeners.connections", connections, 1, 10_000_000);
      requireDuration("listeners.closeWait", closeWait, 10, 60_000);
      requireDuration("listeners.requestTime", requestTime, 10, 600_000);
      requireDuration("listeners.idleTime", idleTime, 10, 600_000);
    }

    /** The same on another address. */
    public Listeners withAddress(String otherHost, int otherTcpPort, int otherHttpPort) {
      return new Listeners(
          otherHost,
          otherTcpPort,
          otherHttpPort,
          advertisedHost,
          eventLoops,
          connections,
          tls,
          closeWait,
          requestTime,
          idleTime);
    }

    /** The same with another bound of sockets. */
    public Listeners withConnections(int other) {
      return new Listeners(
          host,
          tcpPort,
          httpPort,
          advertisedHost,
          eventLoops,
          other,
          tls,
          closeWait,
          requestTime,
          idleTime);
    }

    /** The same with a certificate. */
    public Listeners withTls(Tls other) {
      return new Listeners(
          host,
          tcpPort,
          httpPort,
          advertisedHost,
          eventLoops,
          connections,
          other,
          closeWait,
          requestTime,
          idleTime);
    }

    /** The same with other times of HTTP. */
    public Listeners withHttpTimes(Duration otherRequestTime, Duration otherIdleTime) {
      return new Listeners(
          host,
          tcpPort,
          httpPort,
          advertisedHost,
          eventLoops,
          connections,
          tls,
          closeWait,
          otherRequestTime,
          otherIdleTime);
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
   * @param authTimeout how long a connection may stay without a successful {@code auth}
   * @param heartbeat a session idle this long is pinged; one silent for two of them is closed
   * @param requestsInFlight requests of one session under way; above it the socket is not read
   * @param outboxBytes bytes that wait for the socket before the client counts as slow
   * @param outboxFrames frames that wait for the socket before the client counts as slow
   * @param rememberedSends sends of one session whose outcome is kept for a repeat; repeats of
   *     older ones are looked up in the log
   * @param watchedUsers users whose presence one session watches
   * @param limits the protocol's bounds, told to the client
   */
  public record Sessions(
      Duration authTimeout,
      Duration heartbeat,
      int requestsInFlight,
      int outboxBytes,
      int outboxFrames,
      int rememberedSends,
      int watchedUsers,
      Limits limits) {
    /** The protocol's own bounds. */
    public static final Sessions DEFAULT =
        new Sessions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            256,
            256 << 10,
            1_000,
            256,
            1_000,
            Limits.DEFAULT);

    public Sessions {
      requireDuration("sessions.authTimeout", authTimeout, 50, 600_000);
      requireDuration("sessions.heartbeat", heartbeat, 50, 3_600_000);
      requireRange("sessions.requestsInFlight", requestsInFlight, 1, 100_000);
      requireRange("sessions.outboxBytes", outboxBytes, 1 << 10, 1 << 30);
      requireRange("sessions.outboxFrames", outboxFrames, 8, 1_000_000);
      requireRange("sessions.rememberedSends", rememberedSends, 1, 100_000);
      requireRange("sessions.watchedUsers", watchedUsers, 1, 100_000);
    }

    /** The same with other times. */
    public Sessions withTimes(Duration otherAuthTimeout, Duration otherHeartbeat) {
      return new Sessions(
          otherAuthTimeout,
          otherHeartbeat,
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
   * @param jwksRefresh how often the key set is read again
   * @param expected whose tokens count and for whom they must be meant; with a key set it names an
   *     audience, since such keys sign for other applications too
   * @param leeway how far clocks may differ when {@code exp} and {@code nbf} are judged
   * @param issueTokens whether {@code POST /v1/token} gives tokens to this machine's own users
   * @param tokenLife how long a token that was issued so is good
   */
  public record Auth(
      @Nullable SigningSecret secret,
      @Nullable String jwks,
      Duration jwksRefresh,
      ExpectedClaims expected,
      Duration leeway,
      boolean issueTokens,
      Duration tokenLife) {
    public Auth {
      require(secret != null || jwks != null, "auth.secret", "give auth.secret or auth.jwks");
      require(jwks == null || !jwks.isBlank(), "auth.jwks", "is empty");
      require(
          jwks == null || !expected.audiences().isEmpty(),
          "auth.expected.audiences",
          "auth.jwks needs one");
      requireDuration("auth.jwksRefresh", jwksRefresh, 1_000, 86_400_000);
      requireDuration("auth.leeway", leeway, 0, 30_000);
      requireDuration("auth.tokenLife", tokenLife, 1_000, 366L * 86_400_000);
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
      return new Auth(
          secret,
          jwks,
          Duration.ofMinutes(10),
          expected,
          Duration.ZERO,
          false,
          Duration.ofDays(30));
    }

    /** The same with another key of HS256 tokens. */
    public Auth withSecret(SigningSecret other) {
      return new Auth(other, jwks, jwksRefresh, expected, leeway, issueTokens, tokenLife);
    }

    /** The same, and tokens for whoever asks from this machine. */
    public Auth issuingTokens() {
      return new Auth(secret, jwks, jwksRefresh, expected, leeway, true, tokenLife);
    }
  }

  /**
   * The way into the log.
   *
   * @param inFlight records of this edge that wait for Kafka; above it {@code send} answers 5003
   * @param retryAfter what a 5003 tells the client to wait
   */
  public record Publishing(int inFlight, Duration retryAfter) {
    /** Room for what a fast client burst brings. */
    public static final Publishing DEFAULT = new Publishing(50_000, Duration.ofSeconds(1));

    public Publishing {
      requireRange("publishing.inFlight", inFlight, 1, 10_000_000);
      requireDuration("publishing.retryAfter", retryAfter, 1, 600_000);
    }
  }

  /**
   * The way to the store.
   *
   * @param workers threads that ask it
   * @param queue requests that wait for a thread; above it an op answers 5003
   * @param viewWait how long an op waits until the view holds what the session has seen
   */
  public record Reads(int workers, int queue, Duration viewWait) {
    /** A few threads and a short queue: what waits longer is better told so. */
    public static final Reads DEFAULT = new Reads(8, 1_000, Duration.ofSeconds(2));

    public Reads {
      requireRange("reads.workers", workers, 1, 1_000);
      requireRange("reads.queue", queue, 1, 1_000_000);
      requireDuration("reads.viewWait", viewWait, 1, 60_000);
    }
  }

  /**
   * What the edge keeps of the log.
   *
   * @param ringBytes record bytes of all tailed partitions together
   * @param spareUsers users whose presence and devices are kept although nobody here needs them
   */
  public record Tail(long ringBytes, int spareUsers) {
    /** Some seconds of a busy edge, and all users of most clusters. */
    public static final Tail DEFAULT = new Tail(64L << 20, 1 << 16);

    public Tail {
      requireRange("tail.spareUsers", spareUsers, 0, 100_000_000);
      require(ringBytes >= 1 << 20, "tail.ringBytes", ringBytes + " is below 1 MiB");
    }
  }

  private static void requirePort(String key, int port) {
    requireRange(key, port, 0, 65_535);
  }

  private static void requireRange(String key, int value, int least, int most) {
    require(value >= least && value <= most, key, value + " is outside " + least + "-" + most);
  }

  private static void requireDuration(
      String key, Duration value, long leastMillis, long mostMillis) {
    long millis = value.toMillis();
    require(
        millis >= leastMillis && millis <= mostMillis,
        key,
        millis + " ms is outside " + leastMillis + "-" + mostMillis + " ms");
  }

  private static void require(boolean holds, String key, String wrong) {
    if (!holds) {
      throw new IllegalArgumentException(key + ": " + wrong);
    }
  }
}
