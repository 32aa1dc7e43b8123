package im.linnet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Server processes on loopback. All their files are in one temporary folder. It is deleted with
 * them, even if a signal stops the bench.
 */
final class ServerGroup implements AutoCloseable {
  // By name: the command knows its subcommands, and they do not know it.
  static final String PROGRAM = "im.linnet.cli.Main";

  /** The name of the MongoDB process. */
  static final String MONGOD = "mongod";

  static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final Thread hook = new Thread(this::remove, "linnet-bench-stop");
  private boolean removed;

  private ServerGroup(Path folder) {
    this.folder = folder;
  }

  /** Begins without servers. */
  static ServerGroup create() throws IOException {
    ServerGroup group = new ServerGroup(Files.createTempDirectory("linnet-bench"));
    Runtime.getRuntime().addShutdownHook(group.hook);
    return group;
  }

  /** The folder that is deleted with the servers. */
  Path folder() {
    return folder;
  }

  /** Starts a {@code linnet} command with the JVM and the options of this one. */
  ServerProcess linnet(String... arguments) throws IOException {
    return program(arguments[0], PROGRAM, arguments);
  }

  /** Starts a program of this class path with the JVM and the options of this one. */
  ServerProcess program(String name, String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    // The servers get the options of this process, as from a shell.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(ServerGroup::suitsEveryProcess)
        .forEach(command::add);
    // A server that a signal stops does not remove what libraries unpack for themselves.
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return start(name, command);
  }

  /** Starts a broker alone, with the topics; returns its address. */
  String broker(boolean fsync) throws IOException, InterruptedException {
    int port = freePort();
    linnet(
            "broker",
            "--data",
            folder.resolve("data").toString(),
            "--kafka-port",
            Integer.toString(port),
            "--fsync=" + fsync)
        .awaitLine("ready", START_LIMIT);
    return "127.0.0.1:" + port;
  }

  /**
   * Starts a fresh MongoDB as a replica set of one.
   *
   * @param cacheGib the size of its cache
   */
  MongoAddress mongod(String program, double cacheGib) throws IOException, InterruptedException {
    int port = freePort();
    Path data = Files.createDirectory(folder.resolve("mongo"));
    List<String> command =
        List.of(
            program,
            "--replSet",
            "rs0",
            "--bind_ip",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dbpath",
            data.toString(),
            "--wiredTigerCacheSizeGB",
            Double.toString(cacheGib));
    start(MONGOD, command).await(() -> ReplicaSetOfOne.initiate(port), "a primary", START_LIMIT);
    return new MongoAddress(port);
  }

  /**
   * A replica set of one on loopback.
   *
   * @param port the port of the server
   */
  record MongoAddress(int port) {
    String uri(String database) {
      return "mongodb://127.0.0.1:" + port + "/" + database + "?replicaSet=rs0";
    }
  }

  /** The pids of all servers by name, in the order of their start. */
  Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    processes.forEach(process -> pids.put(process.name(), process.pid()));
    return pids;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** One at a time with {@link #remove}: nothing is started in a folder that goes. */
  private synchronized ServerProcess start(String name, List<String> command) throws IOException {
    if (removed) {
      throw new IOException("the bench was stopped");
    }
    ServerProcess process = ServerProcess.start(name, command, folder);
    processes.add(process);
    return process;
  }

  /**
   * Whether an option suits every process. The port of a debugger or an agent belongs to one
   * process, and so does a file that is written.
   */
  private static boolean suitsEveryProcess(String option) {
    return !option.startsWith("-agent")
        && !option.startsWith("-javaagent")
        && !option.startsWith("-XX:SharedArchiveFile")
        && !option.startsWith("-XX:+AutoCreateSharedArchive");
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // a signal came: the hook deletes it
    }
    remove();
  }

  private synchronized void remove() {
    removed = true;
    for (ServerProcess process : processes.reversed()) {
      process.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("linnet bench: could not remove " + folder + ": " + e.getMessage());
    }
  }
}
