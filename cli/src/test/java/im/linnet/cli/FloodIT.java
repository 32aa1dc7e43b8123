package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.RawTcpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linnet up} with few open files, against more clients than those are. */
class FloodIT {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FILES = 900;
  private static final int FLOOD = 1_500;

  @TempDir Path folder;

  private final int http = FreePort.next();
  private final int tcp = FreePort.next();

  @Test
  void silentSocketsAboveTheOpenFileLimitHarmNobodyWhoWasThereBefore() throws Exception {
    List<Socket> flood = new ArrayList<>();
    try (OsProcess up = start("up", FILES)) {
      String ready = up.awaitLine(Pattern.compile("clients +up to \\d+ connections"), START);
      int most = Integer.parseInt(ready.replaceAll("\\D+", " ").strip().split(" ")[0]);
      assertThat(most).isBetween(100, FILES / 2);
      try (RawTcpClient aa = login("aa");
          RawTcpClient bb = login("bb");
          HttpClient operator = HttpClient.newHttpClient()) {
        for (int i = 0; i < FLOOD; i++) {
          flood.add(new Socket(InetAddress.getLoopbackAddress(), i % 2 == 0 ? tcp : http));
        }
        JsonNode sent =
            aa.request(
                "{\"id\":\"1\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"x\"}");
        assertThat(sent.path("code").asInt()).isZero();
        bb.awaitPush("message");
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(metrics(operator)).contains("connections_refused"));
      } finally {
        for (Socket socket : flood) {
          socket.close();
        }
      }
      await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> login("cc").close());
      assertThat(up.isAlive()).isTrue();
    }
  }

  @Test
  void moreConnectionsThanTheLimitLeavesAreRefusedAtTheStart() {
    try (OsProcess up = start("refused", FILES, "--connections", "800")) {
      assertThat(up.awaitExit(START)).isEqualTo(2);
      assertThat(up.tailOfOutput().lines()).hasSize(1);
      assertThat(up.tailOfOutput())
          .contains("800 connections do not fit into the open-file limit of 900")
          .contains("--connections")
          .contains("ulimit -n");
    }
  }

  private OsProcess start(String name, int files, String... more) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "up"));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of("--http-port", Integer.toString(http)));
    command.addAll(List.of("--tcp-port", Integer.toString(tcp)));
    command.addAll(List.of("--kafka-port", Integer.toString(FreePort.next())));
    command.addAll(List.of(more));
    return OsProcess.start(name, folder, command, Map.of());
  }

  private String metrics(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/metrics"))
            .timeout(Duration.ofSeconds(5))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private RawTcpClient login(String user) {
    CommandRun token = CommandRun.of("token", user, "--data", folder.resolve("data").toString());
    RawTcpClient client = RawTcpClient.connect("127.0.0.1", tcp);
    JsonNode reply =
        client.request("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + token.out().strip() + "\"}");
    assertThat(reply.path("code").asInt()).isZero();
    client.awaitPush("synced");
    return client;
  }
}
