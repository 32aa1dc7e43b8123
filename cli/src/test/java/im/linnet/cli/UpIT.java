package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.RawTcpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linnet up} as a process of its own, with nothing but sockets in front of it. */
class UpIT {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration REPLY = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final int http = FreePort.next();
  private final int tcp = FreePort.next();
  private final int kafka = FreePort.next();
  private OsProcess up;

  @AfterEach
  void stop() {
    if (up != null) {
      up.close();
    }
  }

  @Test
  void twoTalkByLinesAloneAndARestartKeepsEverything() throws Exception {
    // Turkish has capitals of its own, Arabic digits; neither may matter.
    start("first", "-Duser.language=tr", "-Duser.country=TR");
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    String token = Files.readString(folder.resolve("data").resolve("token-secret"));
    String at;
    try (RawTcpClient aa = login("aa");
        RawTcpClient bb = login("bb")) {
      aa.send(
          "{\"id\":\"s\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"Hello\","
              + "\"uuid\":\"u1\"}");
      JsonNode ack = reply(aa, "s");
      assertThat(ack.path("code").asInt()).isZero();
      JsonNode push = bb.await(1, frame -> op(frame, "message"), REPLY).getFirst();
      at = push.path("at").asText();
      assertThat(push.path("content").asText()).isEqualTo("Hello");
      assertThat(push.path("from").asText()).isEqualTo("aa");
      assertThat(ack.path("data").path("at").asText()).isEqualTo(at);
      assertThat(ack.path("data").path("time").asLong()).isEqualTo(push.path("time").asLong());
      bb.send(
          "{\"id\":\"r\",\"op\":\"read\",\"kind\":\"p2p\",\"peer\":\"aa\",\"upTo\":\""
              + at
              + "\"}");
      assertThat(reply(bb, "r").path("code").asInt()).isZero();
      JsonNode read = aa.await(1, frame -> op(frame, "read"), REPLY).getFirst();
      assertThat(read.path("reader").asText()).isEqualTo("bb");
      assertThat(read.path("upTo").asText()).isEqualTo(at);
      aa.send(
          "{\"id\":\"t\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"content\":\"Again\","
              + "\"uuid\":\"u2\"}");
      assertThat(reply(aa, "t").path("code").asInt()).isZero();
      choosesAStatusAndKeepsAContact(aa, bb);
    }
    assertThat(up.terminate(STOP)).isZero();

    start("second", "-Duser.language=ar", "-Duser.country=SA");
    assertThat(Files.readString(folder.resolve("data").resolve("token-secret"))).isEqualTo(token);
    try (RawTcpClient bb = connect("bb")) {
      JsonNode unreadPush = bb.await(1, frame -> op(frame, "message"), REPLY).getFirst();
      assertThat(unreadPush.path("uuid").asText()).isEqualTo("u2");
      bb.await(1, frame -> op(frame, "synced"), REPLY);
      bb.send("{\"id\":\"h\",\"op\":\"history\",\"kind\":\"p2p\",\"peer\":\"aa\"}");
      JsonNode messages = reply(bb, "h").path("data").path("messages");
      assertThat(messages)
          .extracting(each -> each.path("content").asText())
          .containsExactly("Again", "Hello");
      assertThat(messages)
          .extracting(each -> each.path("read").asBoolean())
          .containsExactly(false, true);
      bb.send("{\"id\":\"u\",\"op\":\"unread\"}");
      JsonNode unread = reply(bb, "u").path("data");
      assertThat(unread.path("total").asInt()).isEqualTo(1);
      assertThat(unread.path("p2p").path(0).path("peer").asText()).isEqualTo("aa");
      bb.send("{\"id\":\"c\",\"op\":\"contact.list\"}");
      JsonNode contact = reply(bb, "c").path("data").path("contacts").path(0);
      assertThat(contact.path("remark").asText()).isEqualTo("Anna");
      assertThat(contact.path("labels").path(0).asText()).isEqualTo("work");
      bb.send("{\"id\":\"l\",\"op\":\"conversations\"}");
      JsonNode listed = reply(bb, "l").path("data").path("conversations");
      assertThat(listed).hasSize(1);
      assertThat(listed.path(0).path("last").path("uuid").asText()).isEqualTo("u2");
      assertThat(listed.path(0).path("unread").asInt()).isEqualTo(1);
    }
    assertThat(up.terminate(STOP)).isZero();
    assertThat(troubles()).isEmpty();
  }

  private static void choosesAStatusAndKeepsAContact(RawTcpClient aa, RawTcpClient bb) {
    aa.send("{\"id\":\"w\",\"op\":\"presence.watch\",\"users\":[\"bb\"]}");
    assertThat(reply(aa, "w").path("code").asInt()).isZero();
    bb.send("{\"id\":\"p\",\"op\":\"presence.set\",\"status\":\"busy\"}");
    assertThat(reply(bb, "p").path("data").path("status").asText()).isEqualTo("busy");
    bb.send("{\"id\":\"g\",\"op\":\"presence.get\",\"users\":[\"bb\"]}");
    assertThat(reply(bb, "g").path("data").path("presence").path(0).path("status").asText())
        .isEqualTo("busy");
    aa.await(
        1, frame -> op(frame, "presence") && frame.path("status").asText().equals("busy"), REPLY);
    bb.send("{\"id\":\"q\",\"op\":\"presence.set\",\"status\":\"offline\"}");
    assertThat(reply(bb, "q").path("code").asInt()).isZero();
    aa.await(
        1,
        frame -> op(frame, "presence") && frame.path("status").asText().equals("offline"),
        REPLY);
    bb.send(
        "{\"id\":\"k\",\"op\":\"contact.set\",\"user\":\"aa\",\"remark\":\"Anna\","
            + "\"labels\":[\"work\"]}");
    assertThat(reply(bb, "k").path("code").asInt()).isZero();
  }

  /** What a plain start and stop must not log; a heartbeat may be late on a loaded machine. */
  private List<String> troubles() throws IOException {
    try (Stream<String> lines =
        Files.lines(folder.resolve("data").resolve("logs").resolve("linnet.log"))) {
      return lines
          .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat "))
          .filter(line -> !line.contains("processExpiredBrokerHeartbeat"))
          .toList();
    }
  }

  @Test
  void aSecondOneOnTheSameDataIsTurnedAway() {
    start("first");
    OsProcess second =
        OsProcess.java(
            "intruder",
            folder,
            List.of("-Xmx512m"),
            Main.class.getName(),
            arguments(FreePort.next(), FreePort.next(), FreePort.next()));
    try (second) {
      assertThat(second.awaitExit(Duration.ofSeconds(60))).isEqualTo(2);
      assertThat(second.tailOfOutput().lines()).hasSize(1);
      assertThat(second.tailOfOutput()).contains("in use");
    }
    assertThat(up.isAlive()).isTrue();
  }

  @Test
  @Tag("samples")
  void aTokenThatASampleOfTheDocsSignsLogsIn() throws Exception {
    start("first");
    Path secret = folder.resolve("data").resolve("token-secret");
    List<Map.Entry<String, String>> tokens = new TokenSamples(folder, secret).tokens();
    assertThat(tokens).hasSize(3);
    for (Map.Entry<String, String> sample : tokens) {
      try (RawTcpClient client = RawTcpClient.connect("127.0.0.1", tcp)) {
        client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + sample.getValue() + "\"}");
        assertThat(reply(client, "a").path("data").path("clientId").asText())
            .as(sample.getKey())
            .isEqualTo("aa");
      }
    }
  }

  private void start(String name, String... language) {
    List<String> jvm = new ArrayList<>(List.of("-Xmx512m"));
    jvm.addAll(List.of(language));
    up = OsProcess.java(name, folder, jvm, Main.class.getName(), arguments(http, tcp, kafka));
    up.awaitLine(Pattern.compile("^ready"), START);
    up.awaitLine(
        Pattern.compile("^  tokens +for any user, to programs on this machine .*--no-tokens"),
        START);
  }

  private List<String> arguments(int httpPort, int tcpPort, int kafkaPort) {
    return new ArrayList<>(
        List.of(
            "up",
            "--data",
            folder.resolve("data").toString(),
            "--http-port",
            Integer.toString(httpPort),
            "--tcp-port",
            Integer.toString(tcpPort),
            "--kafka-port",
            Integer.toString(kafkaPort)));
  }

  private RawTcpClient login(String user) throws Exception {
    RawTcpClient client = connect(user);
    client.await(1, frame -> op(frame, "synced"), REPLY);
    return client;
  }

  private RawTcpClient connect(String user) throws Exception {
    RawTcpClient client = RawTcpClient.connect("127.0.0.1", tcp);
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + token(user) + "\"}");
    assertThat(reply(client, "a").path("data").path("clientId").asText()).isEqualTo(user);
    return client;
  }

  private static JsonNode reply(RawTcpClient client, String id) {
    return client.await(1, frame -> frame.path("id").asText().equals(id), REPLY).getFirst();
  }

  private static boolean op(JsonNode frame, String op) {
    return frame.path("op").asText().equals(op);
  }

  private String token(String user) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + "/v1/token"))
                  .version(HttpClient.Version.HTTP_1_1)
                  .POST(HttpRequest.BodyPublishers.ofString("{\"clientId\":\"" + user + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return JSON.readTree(response.body()).path("data").path("token").asText();
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
