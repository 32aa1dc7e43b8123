package im.linnet.cli.bench;

import im.linnet.cli.Main;
import im.linnet.cli.config.TokenSecret;
import im.linnet.edge.SigningSecret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one bench run, each a process of its own on loopback, with all they write in one
 * temporary folder that goes with them.
 */
final class ServerFleet implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
  private static final int SECRET_BYTES = 48;
  private static final String LINNET_DATABASE = "linnet";

  private final Path folder;
  private final Path secretFile;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<InetSocketAddress> edges = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private String bootstrap = "";
  private int mongoPort;

  private ServerFleet() throws IOException {
    this.folder = Files.createTempDirectory("linnet-bench");
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    this.secretFile =
        Files.createFile(
            folder.resolve("secret"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secretFile, text);
  }

  /** Starts what a run needs; returns once every process is ready. */
  static ServerFleet start(BenchOptions options) throws IOException, InterruptedException {
    ServerFleet fleet = new ServerFleet();
    try {
      switch (options.store) {
        case memory -> fleet.startTogether();
        case mongodb -> fleet.startApart(options.mongod);
      }
      return fleet;
    } catch (IOException | InterruptedException | RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private void startTogether() throws IOException, InterruptedException {
    int kafka = freePort();
    int tcp = freePort();
    int web = freePort();
    bootstrap = "127.0.0.1:" + kafka;
    ServerProcess up =
        launch(
            "up",
            "--data",
            folder.resolve("data").toString(),
            "--kafka-port",
            Integer.toString(kafka),
            "--tcp-port",
            Integer.toString(tcp),
            "--http-port",
            Integer.toString(web),
            "--token-secret-file",
            secretFile.toString());
    up.await(() -> isReady(web), "readiness", START_LIMIT);
    edges.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp));
  }

  private void startApart(String mongod) throws IOException, InterruptedException {
    int kafka = freePort();
    int tcp = freePort();
    int web = freePort();
    bootstrap = "127.0.0.1:" + kafka;
    startMongo(mongod);
    String mongoUri = mongo(mongoPort, LINNET_DATABASE);
    launch(
            "broker",
            "--data",
            folder.resolve("data").toString(),
            "--kafka-port",
            Integer.toString(kafka))
        .awaitLine("ready", START_LIMIT);
    launch("persister", "--kafka", bootstrap, "--mongodb", mongoUri)
        .awaitLine("ready", START_LIMIT);
    launch("presence", "--kafka", bootstrap, "--mongodb", mongoUri).awaitLine("ready", START_LIMIT);
    ServerProcess edge =
        launch(
            "edge",
            "--kafka",
            bootstrap,
            "--mongodb",
            mongoUri,
            "--tcp-port",
            Integer.toString(tcp),
            "--http-port",
            Integer.toString(web),
            "--token-secret-file",
            secretFile.toString());
    edge.await(() -> isReady(web), "readiness", START_LIMIT);
    edges.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp));
  }

  private void startMongo(String mongod) throws IOException, InterruptedException {
    int port = freePort();
    Path data = Files.createDirectory(folder.resolve("mongo"));
    ServerProcess process =
        ServerProcess.start(
            "mongod",
            List.of(
                mongod,
                "--replSet",
                "rs0",
                "--bind_ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dbpath",
                data.toString(),
                "--wiredTigerCacheSizeGB",
                "2"),
            folder);
    processes.add(process);
    process.await(() -> ReplicaSetOfOne.initiate(port), "a primary", START_LIMIT);
    mongoPort = port;
  }

  private ServerProcess launch(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // The servers run with the options that this process was given, as they would from a shell.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(ServerFleet::suitsEveryProcess)
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ServerProcess process = ServerProcess.start(arguments[0], command, folder);
    processes.add(process);
    return process;
  }

  /** A debugger's or agent's port, or a file that is written, belongs to one process. */
  private static boolean suitsEveryProcess(String option) {
    return !option.startsWith("-agent")
        && !option.startsWith("-javaagent")
        && !option.startsWith("-XX:SharedArchiveFile")
        && !option.startsWith("-XX:+AutoCreateSharedArchive");
  }

  private boolean isReady(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
            .timeout(REQUEST_LIMIT)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where clients connect. */
  List<InetSocketAddress> edges() {
    return List.copyOf(edges);
  }

  /** The broker's address. */
  String bootstrap() {
    return bootstrap;
  }

  /** The address of a database, null where the view is in memory. */
  @Nullable String mongoUri(String database) {
    return mongoPort == 0 ? null : mongo(mongoPort, database);
  }

  private static String mongo(int port, String database) {
    return "mongodb://127.0.0.1:" + port + "/" + database + "?replicaSet=rs0";
  }

  /** The secret that tokens are signed with. */
  SigningSecret secret() {
    return TokenSecret.read(secretFile, "--token-secret-file");
  }

  /** CPU time of each server process. */
  CpuMeter cpu() {
    Map<String, Long> pids = new LinkedHashMap<>();
    processes.forEach(process -> pids.put(process.name(), process.pid()));
    return new CpuMeter(pids);
  }

  /** CPU time of the processes that the yardstick uses, its own included. */
  CpuMeter yardstickCpu() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (ServerProcess process : processes) {
      if (List.of("up", "broker", "mongod").contains(process.name())) {
        pids.put(process.name(), process.pid());
      }
    }
    pids.put("yardstick", ProcessHandle.current().pid());
    return new CpuMeter(pids);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    for (ServerProcess process : processes.reversed()) {
      process.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.err.println("linnet bench: could not remove " + folder + ": " + e.getMessage());
    }
  }
}
