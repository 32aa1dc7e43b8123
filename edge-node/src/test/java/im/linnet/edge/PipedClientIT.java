package im.linnet.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code printf '...' | nc host 9000} does: the client sends, ends its side, and reads. */
class PipedClientIT {
  private static final int PATIENCE_MILLIS = 30_000;

  private static EdgeWorld world;
  private static EdgeNode edge;

  @BeforeAll
  static void start() {
    world = new EdgeWorld();
    edge = world.start(EdgeWorld.config("edge-piped"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /** All lines that come back until the server closes. */
  private static List<String> piped(String input) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", edge.tcpPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  private static String send(String id) {
    return "{\"id\":\"%s\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"zz\",\"content\":\"x\"}"
        .formatted(id);
  }

  private static void assertAnswered(List<String> lines, String id) {
    assertThat(lines).anyMatch(line -> line.startsWith("{\"id\":\"" + id + "\",\"code\":0,"));
  }

  @Test
  void isAnsweredThoughItHasEndedItsSide() throws IOException {
    List<String> lines = piped(EdgeWorld.auth("piped", "d") + "\n" + send("1") + "\n");
    assertAnswered(lines, "auth");
    assertAnswered(lines, "1");
  }

  @Test
  void needsNoNewlineBehindItsLastLine() throws IOException {
    List<String> lines = piped(EdgeWorld.auth("unended", "d") + "\n" + send("1"));
    assertAnswered(lines, "1");
  }

  @Test
  void isAnsweredInFullThoughItSentMoreThanIsReadAtOnce() throws IOException {
    StringBuilder input = new StringBuilder(EdgeWorld.auth("flood", "d")).append('\n');
    for (int i = 0; i < 10_000; i++) {
      input.append(send("s" + i)).append('\n');
    }
    List<String> lines = piped(input.toString());
    assertThat(lines.stream().filter(line -> line.contains("\"code\":0,"))).hasSize(10_001);
  }

  @Test
  void isToldThatItsLastLineIsNoFrame() throws IOException {
    assertThat(piped(EdgeWorld.auth("torn", "d") + "\n{\"id\":\"1\",\"op\":\"se"))
        .anyMatch(line -> line.contains("\"code\":3502"));
  }

  @Test
  void isAnsweredAndClosedAsAGuest() throws IOException {
    assertThat(piped("{\"id\":\"1\",\"op\":\"ping\"}\n"))
        .singleElement()
        .asString()
        .contains("\"id\":\"1\",\"code\":4001");
  }

  @Test
  void isClosedWhenItSendsNothing() throws IOException {
    assertThat(piped("")).isEmpty();
  }
}
