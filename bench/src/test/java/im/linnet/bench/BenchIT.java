package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.cli.Linnet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benches count is so; how fast it was is nobody's business here. */
class BenchIT {
  @TempDir Path folder;

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
  void theOpenLoopSendsAtItsRate() throws IOException {
    JsonNode figures = bench("latency", "--rate", "200");
    judge(figures);
    assertThat(figures.path("acked").asLong()).isEqualTo(200);
    assertThat(figures.at("/send to receipt/count").asLong()).isEqualTo(200);
    assertThat(figures.at("/send to ack/p50Millis").asDouble()).isPositive();
  }

  @Test
  void theYardstickStandsAlone() throws IOException {
    JsonNode figures = bench("limit");
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
    List<String> fanout = List.of("bench", "fanout", "--sessions", "40", "--messages", "3");
    assertThat(Linnet.run(fanout, Map.of(), out, out)).as(said.toString()).isZero();
    assertThat(said.toString())
        .contains("sessions 40, messages 3", "CPU of the tail's thread")
        .doesNotContain(" 0.00 us per delivery");
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
    int exit = Linnet.run(List.of(all), Map.of(), out, out);
    assertThat(exit).as(said.toString()).isZero();
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
