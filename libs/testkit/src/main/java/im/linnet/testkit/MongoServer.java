package im.linnet.testkit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A real MongoDB, a replica set of one, that the test kit finds or provides by itself. The first
 * way that works is taken: the server that {@code LINNET_TEST_MONGODB_URI} names, {@code mongod} on
 * the PATH, one fetched into the user's cache folder, Docker. {@code LINNET_TEST_MONGOD} set to
 * {@code path}, {@code wheel} or {@code docker} takes that way of the last three only. Tests that
 * use it carry the JUnit tag {@value #TAG}; without a server they fail with one line that names the
 * remedy.
 *
 * <p>Tests share {@link #shared()}, each with a {@link #freshDatabase()} of its own; a test that
 * kills its server takes {@link #own()} and closes it. Any thread may ask; the faults are for one
 * test thread.
 */
public final class MongoServer implements AutoCloseable {
  /** The JUnit tag of the tests that need a MongoDB. */
  public static final String TAG = "mongodb";

  /** The environment variable that names a server of the user's. */
  public static final String URI_VARIABLE = "LINNET_TEST_MONGODB_URI";

  static final String REPLICA_SET = "rs0";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PORT_TRIES = 5;

  private final String uri;
  private final @Nullable Mongod mongod;

  private MongoServer(String uri, @Nullable Mongod mongod) {
    this.uri = uri;
    this.mongod = mongod;
  }

  /** The one server of this test JVM; started at the first call, gone with the JVM. */
  public static MongoServer shared() {
    return Shared.get();
  }

  /**
   * A server for one test, which may kill and pause it, and must close it. It is never the server
   * of the environment: the test kit must not kill that one.
   */
  public static MongoServer own() {
    return launch(MongodProvision.find(false));
  }

  /**
   * As {@link #own()}, with access control; {@link #uri()} names a user with all rights. Such a
   * server cannot be restarted: the test kit's own connection has no user.
   */
  public static MongoServer ownWithUsers() {
    MongoServer server = launch(MongodProvision.find(true));
    String password = UUID.randomUUID().toString();
    try (MongoClient first = MongoClients.create(server.uri())) {
      // A client on the same machine may create the first user without a log-in.
      first
          .getDatabase("admin")
          .runCommand(
              new Document("createUser", "root")
                  .append("pwd", password)
                  .append("roles", List.of("root")));
    }
    return new MongoServer(server.uriOf("root", password, ""), server.mongod);
  }

  /** The connection string of a user of that database, which it names; empty names none. */
  public String uriOf(String user, String password, String database) {
    return uri.replaceFirst("//([^@/]*@)?", "//" + user + ":" + password + "@")
        .replaceFirst("/\\?", "/" + database + "?");
  }

  /** The connection string, without a database; the same after a restart. */
  public String uri() {
    return uri;
  }

  /** A database name that was not used before. */
  public String freshDatabase() {
    return "linnet_test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  /** SIGKILL: data that was not on disk is lost, without a notice to clients. */
  public void kill() {
    ours().kill();
  }

  /** SIGSTOP: the server stands still and its connections stay open. */
  public void pause() {
    ours().pause();
  }

  /** SIGCONT, after {@link #pause()}. */
  public void resume() {
    ours().resume();
  }

  /** Kills it if it lives, starts it on the same port and data, and returns when it is primary. */
  public void restart() {
    Mongod child = ours();
    if (!child.hasDied()) {
      child.kill();
    }
    child.start();
    awaitPrimary(child);
  }

  /** Starts it after {@link #kill()} and returns when it is primary. */
  public void startAgain() {
    ours().start();
    awaitPrimary(ours());
  }

  /** The end of the server's log, for messages. */
  public String tailOfOutput() {
    return ours().tailOfOutput();
  }

  /**
   * Kills a server of the test kit and deletes its data; leaves the server of the environment
   * alone.
   */
  @Override
  public void close() {
    if (mongod != null) {
      mongod.close();
    }
  }

  private Mongod ours() {
    if (mongod == null) {
      throw new IllegalStateException(
          "the server of " + URI_VARIABLE + " is not ours to control: take MongoServer.own()");
    }
    return mongod;
  }

  private static MongoServer launch(IntFunction<Mongod> maker) {
    for (int attempt = 1; ; attempt++) {
      Mongod mongod = maker.apply(FreePort.next());
      try {
        mongod.start();
        initiate(mongod);
        awaitPrimary(mongod);
        return new MongoServer(
            "mongodb://127.0.0.1:" + mongod.port() + "/?replicaSet=" + REPLICA_SET, mongod);
      } catch (RuntimeException | AssertionError e) {
        boolean portWasTaken =
            mongod instanceof ChildMongod
                && mongod.hasDied()
                && mongod.tailOfOutput().contains("Address already in use");
        mongod.close();
        if (!portWasTaken || attempt == PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  private static void initiate(Mongod mongod) {
    Document member = new Document("_id", 0).append("host", "127.0.0.1:" + mongod.port());
    Document config = new Document("_id", REPLICA_SET).append("members", List.of(member));
    try (MongoClient client = direct(mongod)) {
      retry(
          mongod,
          "answers",
          () -> client.getDatabase("admin").runCommand(new Document("ping", 1)).get("ok") != null);
      client.getDatabase("admin").runCommand(new Document("replSetInitiate", config));
    }
  }

  private static void awaitPrimary(Mongod mongod) {
    try (MongoClient client = direct(mongod)) {
      retry(
          mongod,
          "is primary",
          () ->
              client
                  .getDatabase("admin")
                  .runCommand(new Document("hello", 1))
                  .getBoolean("isWritablePrimary", false));
    }
  }

  private static void retry(Mongod mongod, String what, Callable<Boolean> attempt) {
    Awaitility.await("mongod " + what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(MongoException.class)
        .failFast(
            () -> {
              if (mongod.hasDied()) {
                throw new AssertionError("mongod has ended:\n" + mongod.tailOfOutput());
              }
            })
        .until(attempt);
  }

  private static MongoClient direct(Mongod mongod) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(
                new ConnectionString(
                    "mongodb://127.0.0.1:" + mongod.port() + "/?directConnection=true"))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
            .build());
  }

  /**
   * Holds the shared server, started at the first use. A failure is kept, so that each test reports
   * the same line.
   */
  private static final class Shared {
    private static @Nullable MongoServer server;
    private static @Nullable String failure;

    private static synchronized MongoServer get() {
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      if (server == null) {
        try {
          server = make();
        } catch (RuntimeException e) {
          failure = String.valueOf(e.getMessage());
          throw e;
        }
      }
      return server;
    }

    private static MongoServer make() {
      String uri = System.getenv(URI_VARIABLE);
      if (uri != null && !uri.isBlank()) {
        return new MongoServer(uri, null);
      }
      MongoServer made = launch(MongodProvision.find(false));
      Runtime.getRuntime().addShutdownHook(new Thread(made::close, "testkit-mongod-close"));
      return made;
    }
  }
}
