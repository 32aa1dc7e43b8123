package im.linnet.cli.system;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import im.linnet.cli.Main;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.MongoServer;
import im.linnet.testkit.OsProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;

/** A whole Linnet with MongoDB, each part a process of its own that a test may kill. */
final class Installation implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Pattern READY = Pattern.compile("^ready.*");
  private static final String SECRET = "a secret of these tests alone, 32 bytes or more";

  private final Path folder;
  private final Path secretFile;
  private final MongoServer mongo = MongoServer.own();
  private final String mongoUri;
  private final String database;
  private final int kafkaPort = FreePort.next();
  private final int[] tcpPorts = {FreePort.next(), FreePort.next()};
  private final int[] httpPorts = {FreePort.next(), FreePort.next()};
  private final OsProcess[] edges = new OsProcess[2];
  private OsProcess broker;
  private OsProcess persister;
  private OsProcess presence;
  private OsProcess secondPresence;
  private final List<OsProcess> named = new ArrayList<>();
  private int starts;

  Installation(Path folder) throws IOException {
    this.folder = folder;
    this.secretFile =
        Files.createFile(
            folder.resolve("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secretFile, SECRET);
    this.database = mongo.freshDatabase();
    this.mongoUri = withDatabase(mongo.uri(), database);
  }

  /** That server address with another database. */
  static String withDatabase(String uri, String database) {
    int query = uri.indexOf('?');
    String base = query < 0 ? uri : uri.substring(0, query);
    String options = query < 0 ? "" : uri.substring(query);
    int path = base.indexOf('/', "mongodb://".length());
    return (path < 0 ? base : base.substring(0, path)) + "/" + database + options;
  }

  void startAll() {
    broker =
        launch(
            "broker",
            "--data",
            folder.resolve("data").toString(),
            "--kafka-port",
            Integer.toString(kafkaPort));
    broker.awaitLine(READY, START);
    startPersister();
    startPresence();
    startEdge(0);
    startEdge(1);
  }

  void startPersister() {
    persister = launch("persister", "--kafka", bootstrap(), "--mongodb", mongoUri);
    persister.awaitLine(READY, START);
  }

  void startPresence() {
    presence = launch("presence", "--kafka", bootstrap(), "--mongodb", mongoUri);
    presence.awaitLine(READY, START);
  }

  /** One more presence-tracker; returns when it has its share of the users. */
  void startSecondPresence() {
    secondPresence =
        launch("presence", "--instance", "second", "--kafka", bootstrap(), "--mongodb", mongoUri);
    secondPresence.awaitLine(Pattern.compile(".*goes on at im\\.session.*"), START);
  }

  void startEdge(int number) {
    edges[number] =
        launch(
            "edge",
            "--kafka",
            bootstrap(),
            "--mongodb",
            mongoUri,
            "--tcp-port",
            Integer.toString(tcpPorts[number]),
            "--http-port",
            Integer.toString(httpPorts[number]),
            "--token-secret-file",
            secretFile.toString());
    edges[number].awaitLine(READY, START);
  }

  /**
   * One more edge, of that id, without an HTTP port of its own choice; returns when it is ready.
   */
  OsProcess startNamedEdge(String id, int tcpPort) {
    OsProcess edge = launchNamedEdge(id, tcpPort);
    edge.awaitLine(READY, START);
    return edge;
  }

  /** Begins to start one more edge of that id. */
  OsProcess launchNamedEdge(String id, int tcpPort) {
    OsProcess edge =
        launch(
            "edge",
            "--edge-id",
            id,
            "--kafka",
            bootstrap(),
            "--mongodb",
            mongoUri,
            "--tcp-port",
            Integer.toString(tcpPort),
            "--http-port",
            "0",
            "--token-secret-file",
            secretFile.toString());
    named.add(edge);
    return edge;
  }

  /** Runs a command to its end and returns what it printed. */
  String run(String... arguments) throws IOException {
    OsProcess process = launch(arguments);
    int exit = process.awaitExit(Duration.ofMinutes(5));
    String output = Files.readString(process.output());
    if (exit != 0) {
      throw new AssertionError(
          String.join(" ", arguments) + " ended with " + exit + ":\n" + output);
    }
    return output;
  }

  /** The digest of the view. */
  String digest() throws IOException {
    return run("digest", "--mongodb", mongoUri);
  }

  /** Builds the view anew. No persister may run meanwhile. */
  void rebuild() throws IOException {
    run("rebuild", "--kafka", bootstrap(), "--mongodb", mongoUri);
  }

  /** A session at one of the two edges, which is not let in yet. */
  Talker arrive(int edge, String user, String device) {
    return Talker.arrive(tcpPorts[edge], user, token(user), device, List.of());
  }

  private OsProcess launch(String... arguments) {
    return OsProcess.java(
        arguments[0] + "-" + starts++,
        folder,
        List.of("-Xmx512m"),
        Main.class.getName(),
        new ArrayList<>(Arrays.asList(arguments)));
  }

  String bootstrap() {
    return "127.0.0.1:" + kafkaPort;
  }

  String mongoUri() {
    return mongoUri;
  }

  String database() {
    return database;
  }

  MongoServer mongo() {
    return mongo;
  }

  OsProcess persister() {
    return persister;
  }

  OsProcess presence() {
    return presence;
  }

  OsProcess edge(int number) {
    return edges[number];
  }

  List<InetSocketAddress> edgeAddresses() {
    return List.of(
        new InetSocketAddress("127.0.0.1", tcpPorts[0]),
        new InetSocketAddress("127.0.0.1", tcpPorts[1]));
  }

  /** A token for that user, good for an hour. */
  String token(String user) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader(JWSAlgorithm.HS256),
              new JWTClaimsSet.Builder()
                  .subject(user)
                  .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                  .build());
      token.sign(new MACSigner(Files.readAllBytes(secretFile)));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops one process in the orderly way. */
  static void stop(OsProcess process) {
    process.terminate(STOP);
  }

  /** The ends of what all processes printed, for a failure's message. */
  String outputs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        text.append("---- ").append(file.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 15), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    named.forEach(OsProcess::close);
    for (OsProcess process :
        new OsProcess[] {edges[0], edges[1], persister, presence, secondPresence, broker}) {
      if (process != null) {
        process.close();
      }
    }
    mongo.close();
  }
}
