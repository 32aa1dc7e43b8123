package im.linnet.bench;

import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.TokenIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code linnet bench connections}. */
@Command(
    name = "connections",
    mixinStandardHelpOptions = true,
    description = {
      "What idle sessions cost: resident memory and live heap of the server for each, over the server"
          + " without sessions. First on an edge (with --store mongodb in a process of its own), then"
          + " on a bare Vert.x server that only holds the sockets."
    },
    footerHeading = "%nExample:%n",
    footer = "  linnet bench connections --store mongodb --sessions 5000,10000")
final class ConnectionsCommand extends MeasuringCommand {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);
  private static final int MOST = 50_000;
  private static final int LONGEST_IDLE = 600;
  private static final double KIB = 1024;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      split = ",",
      defaultValue = "5000,10000",
      description =
          "Sessions; several numbers are reached one after the other. Default: ${DEFAULT-VALUE}.")
  private List<Integer> sessions = List.of();

  @Option(
      names = "--transport",
      paramLabel = "TRANSPORT",
      split = ",",
      defaultValue = "tcp,websocket",
      description = "${COMPLETION-CANDIDATES}. Default: both, each on fresh servers.")
  private List<IdleSessions.Transport> transports = List.of();

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      defaultValue = "65",
      description =
          "How long the sessions say nothing before their memory is measured. By ./linnet's options"
              + " an idle JVM gives memory back after 30 to 60 s. Default: ${DEFAULT-VALUE}.")
  private int idleSeconds = 65;

  @Override
  String bench() {
    return "connections";
  }

  @Override
  @Nullable String complaint() {
    if (idleSeconds < 0 || idleSeconds > LONGEST_IDLE) {
      return "--idle: " + idleSeconds + " is outside 0-" + LONGEST_IDLE;
    }
    int before = 0;
    for (int count : sessions) {
      if (count <= before || count > MOST) {
        return "--sessions: " + sessions + ": give numbers from 1 to " + MOST + " that grow";
      }
      before = count;
    }
    return null;
  }

  @Override
  void measure(BenchOptions options, Report report) throws IOException, InterruptedException {
    for (IdleSessions.Transport transport : transports) {
      onAnEdge(options, report, transport);
      onABareServer(report, transport);
    }
  }

  private void onAnEdge(BenchOptions options, Report report, IdleSessions.Transport transport)
      throws IOException, InterruptedException {
    try (LinnetServers servers = LinnetServers.start(options)) {
      TokenIssuer issuer =
          new TokenIssuer(servers.secret(), ExpectedClaims.ANY, TOKEN_LIFE, Clock.systemUTC());
      InetSocketAddress address =
          transport == IdleSessions.Transport.tcp ? servers.edge() : servers.web();
      IntFunction<String> tokens = user -> issuer.issue("u" + user).token();
      try (IdleSessions idle = new IdleSessions(transport, address, tokens)) {
        hold(report, "edge, " + transport, servers.pid(), idle);
      }
    }
  }

  private void onABareServer(Report report, IdleSessions.Transport transport)
      throws IOException, InterruptedException {
    try (ServerGroup group = ServerGroup.create()) {
      int tcp = ServerGroup.freePort();
      int web = ServerGroup.freePort();
      ServerProcess bare =
          group.program(
              "bare", BareServer.class.getName(), Integer.toString(tcp), Integer.toString(web));
      bare.awaitLine("ready", ServerGroup.START_LIMIT);
      int port = transport == IdleSessions.Transport.tcp ? tcp : web;
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      try (IdleSessions idle = new IdleSessions(transport, address, null)) {
        hold(report, "bare Vert.x, " + transport, bare.pid(), idle);
      }
    }
  }

  private void hold(Report report, String server, long pid, IdleSessions idle)
      throws IOException, InterruptedException {
    try (Memory memory = Memory.of(pid)) {
      Thread.sleep(Duration.ofSeconds(idleSeconds));
      Memory.Size empty = memory.size();
      Memory.Size last = empty;
      int lastCount = 0;
      for (int count : sessions) {
        report.section(server + ", " + count, "sessions");
        long began = System.nanoTime();
        Duration cpu = ProcessCpu.of(pid);
        idle.grow(count);
        double seconds = (System.nanoTime() - began) / 1e9;
        Duration used = ProcessCpu.of(pid).minus(cpu);
        Thread.sleep(Duration.ofSeconds(idleSeconds));
        idle.requireAll();
        Memory.Size now = memory.size();
        int more = count - lastCount;
        report.each("resident KiB", now.minus(empty).resident() / KIB / count);
        report.each("resident KiB of the last " + more, now.minus(last).resident() / KIB / more);
        report.each("live heap KiB", now.minus(empty).heap() / KIB / count);
        report.each("came live per second", more / seconds);
        report.each("CPU us to come live", Report.micros(used, more));
        last = now;
        lastCount = count;
      }
    }
  }
}
