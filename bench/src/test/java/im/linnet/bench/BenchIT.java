package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.cli.Linnet;
import im.linnet.testkit.OsProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benches count is so; how fast it was is nobody's business here. */
class BenchIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** 128 and SIGTERM, as a shell says it. */
  private static final int TERMINATED = 143;

  @TempDir Path folder;
  private String progress = "";

  @Test
  void theClosedLoopStandsBesideItsYardstick() throws IOException {
    JsonNode figures = bench("throughput");
    judge(figures);
    assertThat(figures.at("/throughput/messages").asLong())
        .isEqualTo(figures.path("stored").asLong());
    assertThat(figures.at("/throughput/cpuMicrosPerMessageByProcess/up").asDouble()).isPositive();
    assertThat(figures.at("/limit: log only/messages").asLong()).isPositive();
    double linnet = figures.at("/throughput/cpuMicrosPerMessage").asDouble();
    double limit = figures.at("/limit: log only/cpuMicrosPerMessage").asDouble();
    assertThat(figures.path("ratio by CPU").asDouble()).isEqualTo(limit / linnet);
  }

  @Test
  void theStoreIsFilledFirstAndTheYardstickLeftOutWhereThatIsWanted() throws IOException {
    JsonNode figures =
        bench("throughput", "--preload", "3000", "--contacts", "3", "--no-yardstick");
    judge(figures);
    assertThat(figures.at("/settings/contacts").asInt()).isEqualTo(3);
    assertThat(figures.path("held before").asLong()).isGreaterThanOrEqualTo(3_000);
    assertThat(figures.has("limit: log only")).isFalse();
    assertThat(figures.has("ratio by CPU")).isFalse();
    assertThat(progress).contains("of 3,000 messages", "warming up: 1 s", "measured for 1 s");
  }

  @Test
  void aSignalLeavesNoFolderBehind() throws IOException {
    stoppedBy(temp -> bench -> await().atMost(PATIENCE).until(() -> !isEmpty(temp)));
    stoppedBy(temp -> bench -> bench.awaitLine(Pattern.compile("warming up"), PATIENCE));
  }

  /** Starts a bench, stops it at some point, and looks at the folder of temporary files. */
  private void stoppedBy(Function<Path, Consumer<OsProcess>> point) throws IOException {
    Path temp = Files.createTempDirectory(folder, "temp");
    try (OsProcess bench =
        OsProcess.java(
            temp.getFileName().toString(),
            folder,
            List.of("-Djava.io.tmpdir=" + temp),
            "im.linnet.cli.Main",
            List.of("bench", "throughput", "--users", "20", "--warmup", "60"))) {
      point.apply(temp).accept(bench);
      assertThat(bench.terminate(PATIENCE)).isEqualTo(TERMINATED);
    }
    assertThat(temp).isEmptyDirectory();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void theOpenLoopSendsAtItsRate() throws IOException {
    JsonNode all = bench("latency", "--rates", "100,200");
    assertThat(all.at("/100/acked").asLong()).isEqualTo(100);
    JsonNode figures = all.path("200");
    judge(figures);
    assertThat(figures.path("acked").asLong()).isEqualTo(200);
    assertThat(figures.at("/send to receipt/count").asLong()).isEqualTo(200);
    assertThat(figures.at("/send to ack/p50Millis").asDouble()).isPositive();
    assertThat(figures.at("/broker requests per second/Produce").asDouble()).isPositive();
    JsonNode compilers = figures.path("of that JIT compilers");
    assertThat(compilers.path("cpuMicrosPerMessage").asDouble())
        .isPositive()
        .isLessThan(figures.at("/open loop/cpuMicrosPerMessage").asDouble());
    assertThat(figures.path("requests by client per second").size()).isGreaterThan(3);
  }

  @Test
  void eachMessageToATopicReachesAllOthers() throws IOException {
    JsonNode figures = bench("latency", "--topic", "--rates", "50");
    assertThat(figures.path("acked").asLong()).isEqualTo(50);
    assertThat(figures.path("stored").asLong()).isEqualTo(50);
    assertThat(figures.path("twice or out of order").asLong()).isZero();
    assertThat(figures.path("delivered").asLong()).isEqualTo(50 * 19);
    assertThat(figures.at("/each delivery/messages").asLong()).isEqualTo(50 * 19);
    assertThat(figures.at("/send to receipt/count").asLong()).isEqualTo(50 * 19);
    assertThat(figures.path("the view lacked, records").isArray()).isTrue();
  }

  @Test
  void theYardstickStandsAlone() throws IOException {
    JsonNode figures = bench("limit", "--preload", "1000");
    assertThat(figures.at("/limit: log only/messages").asLong()).isPositive();
    assertThat(figures.at("/limit: log only/cpuMicrosPerMessageByProcess/broker").asDouble())
        .isPositive();
    assertThat(figures.at("/limit: log only/cpuMicrosPerMessageByProcess/yardstick").asDouble())
        .isPositive();
  }

  @Test
  void eachSessionOfManyGetsEachMessage() {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    List<String> fanout =
        List.of("bench", "fanout", "--sessions", "40", "--messages", "3", "--in-flight", "2");
    assertThat(Linnet.run(fanout, Map.of(), out, out)).as(said.toString()).isZero();
    assertThat(said.toString())
        .contains("messages 3, in flight 1", "messages 3, in flight 2", "CPU of the tail's thread")
        .doesNotContain(" 0.00 us per delivery");
  }

  @Test
  void idleSessionsAreHeldOnAnEdgeAndOnABareServer() throws IOException {
    JsonNode figures = bench("connections", "--sessions", "20,40", "--idle", "0");
    for (String server : List.of("edge", "bare Vert.x")) {
      for (String transport : List.of("tcp", "websocket")) {
        JsonNode held = figures.path(server + ", " + transport + ", 40");
        assertThat(held.path("came live per second").asDouble()).as(held::toString).isPositive();
        assertThat(held.has("resident KiB of the last 20")).isTrue();
      }
    }
  }

  private JsonNode bench(String name, String... more) throws IOException {
    Path json = folder.resolve(name + ".json");
    String[] base = {
      "bench", name, "--users", "20", "--seconds", "1", "--warmup", "1", "--json", json.toString()
    };
    String[] all = new String[base.length + more.length];
    System.arraycopy(base, 0, all, 0, base.length);
    System.arraycopy(more, 0, all, base.length, more.length);
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    StringWriter meanwhile = new StringWriter();
    int exit = Linnet.run(List.of(all), Map.of(), out, new PrintWriter(meanwhile));
    progress = meanwhile.toString();
    assertThat(exit).as("%s%s", said, progress).isZero();
    return new ObjectMapper().readTree(json.toFile());
  }

  private static void judge(JsonNode figures) {
    long acked = figures.path("acked").asLong();
    assertThat(acked).isPositive();
    assertThat(figures.path("delivered").asLong()).isEqualTo(acked);
    assertThat(figures.path("stored").asLong()).isEqualTo(acked);
    assertThat(figures.path("refused").asLong()).isZero();
    assertThat(figures.path("twice or out of order").asLong()).isZero();
  }
}
