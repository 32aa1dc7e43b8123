package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, and what they are when nothing is said. */
class SettingsTest {
  private static final List<String> KAFKA =
      List.of(
          "kafka = # default, not set",
          "kafka-properties = # default, not set",
          "partitions = # default, not set");

  private static final List<String> EDGE =
      List.of(
          "advertised-host = # default, not set",
          "connections = # default, not set",
          "edge-id = # default, not set",
          "http-port = 8080 # default",
          "jwks = # default, not set",
          "jwt-audience = # default, not set",
          "jwt-issuer = # default, not set",
          "mongodb = # default, not set",
          "p2p-policy = anyone # default",
          "tcp-port = 9000 # default",
          "tls-certificate = # default, not set",
          "tls-key = # default, not set",
          "token-secret-file = # default, not set");

  private static final List<String> EDGE_TUNING =
      List.of(
          "attach-in-progress = 256 # default",
          "attach-patience = 30s # default",
          "attach-retry-after = 1s # default",
          "attach-rounds = 32 # default",
          "attach-scan = 100000 # default",
          "attach-waiting = 20000 # default",
          "auth-timeout = 10s # default",
          "change-window = 2m # default",
          "close-wait = 2s # default",
          "event-loops = " + Runtime.getRuntime().availableProcessors() + " # default",
          "filter-bytes = 134217728 # default",
          "heartbeat = 25s # default",
          "idle-time = 1m # default",
          "jwks-refresh = 10m # default",
          "jwt-leeway = 0s # default",
          "outbox-bytes = 262144 # default",
          "outbox-frames = 1000 # default",
          "remembered-sends = 256 # default",
          "request-time = 10s # default",
          "requests-in-flight = 256 # default",
          "ring-bytes = 67108864 # default",
          "ring-linger = 1m # default",
          "send-retry-after = 1s # default",
          "sends-in-flight = 50000 # default",
          "spare-users = 65536 # default",
          "tail-pushes = 16 # default",
          "tail-silence = 15s # default",
          "token-life = 30d # default",
          "view-queue = 1000 # default",
          "view-wait = 2s # default",
          "view-lag = 1s # default",
          "view-workers = 8 # default",
          "watched-users = 1000 # default");

  private static final List<String> PERSISTER_TUNING =
      List.of(
          "apply-batch = 2000 # default",
          "apply-delay = 20ms # default",
          "lag-period = 5s # default",
          "topic-members = 20000 # default");

  private static final List<String> PRESENCE_TUNING =
      List.of(
          "contact-gap = 2s # default",
          "edge-timeout = 5s # default",
          "presence-batch = 1000 # default",
          "presence-retry = 500ms # default",
          "users-per-step = 2000 # default");

  private static final List<String> MONGODB_TUNING =
      List.of(
          "mongodb-answer = 10s # default",
          "mongodb-connections = 32 # default",
          "mongodb-selection = 2s # default");

  @TempDir Path folder;

  @Test
  void theDefaultsOfUp() {
    assertThat(settings(Map.of(), "up"))
        .containsAll(KAFKA)
        .containsAll(EDGE)
        .contains(
            "data = linnet-data # default",
            "fsync = false # default",
            "host = 127.0.0.1 # default",
            "instance = # default, not set",
            "kafka-port = 9092 # default",
            "min-insync = 2 # default",
            "no-tokens = false # default",
            "replication = 3 # default",
            "view-records = 5000000 # default")
        .containsAll(EDGE_TUNING)
        .containsAll(PERSISTER_TUNING)
        .containsAll(PRESENCE_TUNING)
        .containsAll(MONGODB_TUNING)
        .hasSize(
            KAFKA.size()
                + EDGE.size()
                + EDGE_TUNING.size()
                + PERSISTER_TUNING.size()
                + PRESENCE_TUNING.size()
                + MONGODB_TUNING.size()
                + 9);
  }

  @Test
  void theDefaultsOfEdge() {
    assertThat(settings(Map.of(), "edge"))
        .containsAll(KAFKA)
        .containsAll(EDGE)
        .contains("host = 0.0.0.0 # default")
        .containsAll(EDGE_TUNING)
        .containsAll(MONGODB_TUNING)
        .hasSize(KAFKA.size() + EDGE.size() + EDGE_TUNING.size() + MONGODB_TUNING.size() + 1);
  }

  @Test
  void theDefaultsOfPersister() {
    assertThat(settings(Map.of(), "persister"))
        .containsAll(KAFKA)
        .contains(
            "host = 0.0.0.0 # default",
            "http-port = # default, not set",
            "instance = persister-1 # default",
            "mongodb = # default, not set")
        .containsAll(PERSISTER_TUNING)
        .containsAll(MONGODB_TUNING)
        .hasSize(KAFKA.size() + PERSISTER_TUNING.size() + MONGODB_TUNING.size() + 4);
  }

  @Test
  void theDefaultsOfPresence() {
    assertThat(settings(Map.of(), "presence"))
        .containsAll(KAFKA)
        .contains(
            "host = 0.0.0.0 # default",
            "http-port = # default, not set",
            "instance = presence-1 # default",
            "mongodb = # default, not set")
        .containsAll(PRESENCE_TUNING)
        .containsAll(MONGODB_TUNING)
        .hasSize(KAFKA.size() + PRESENCE_TUNING.size() + MONGODB_TUNING.size() + 4);
  }

  @Test
  void theDefaultsOfBroker() {
    assertThat(settings(Map.of(), "broker"))
        .containsExactly(
            "data = linnet-data # default",
            "fsync = false # default",
            "kafka-port = 9092 # default",
            "partitions = # default, not set");
  }

  @Test
  void aSwitchIsSetByTheEnvironmentAndUnsetByAFlag() {
    Map<String, String> environment = Map.of("LINNET_FSYNC", "true");

    assertThat(settings(environment, "broker")).contains("fsync = true # LINNET_FSYNC");
    assertThat(settings(environment, "broker", "--fsync=false")).contains("fsync = false # flag");
  }

  @Test
  void tokensAreTurnedOffByAFlagTheEnvironmentOrTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("linnet.yaml"), "no-tokens: true\n");
    Map<String, String> environment = Map.of("LINNET_NO_TOKENS", "true");

    assertThat(settings(Map.of(), "up", "--no-tokens")).contains("no-tokens = true # flag");
    assertThat(settings(environment, "up")).contains("no-tokens = true # LINNET_NO_TOKENS");
    assertThat(settings(Map.of(), "up", "--config", file.toString()))
        .contains("no-tokens = true # file");
    // Said twice is not unsaid.
    assertThat(settings(environment, "up", "--no-tokens")).contains("no-tokens = true # flag");
    assertThat(settings(environment, "up", "--no-tokens=false"))
        .contains("no-tokens = false # flag");
  }

  @Test
  void severalIssuersAndAudiencesComeByCommasOrOneByOne() throws IOException {
    Path file = Files.writeString(folder.resolve("linnet.yaml"), "jwt-issuer: i1, i2\n");

    assertThat(
            settings(Map.of("LINNET_JWT_AUDIENCE", "a1,a2"), "edge", "--config", file.toString()))
        .contains("jwt-audience = a1,a2 # LINNET_JWT_AUDIENCE", "jwt-issuer = i1, i2 # file");
    assertThat(
            settings(
                Map.of("LINNET_JWT_AUDIENCE", "a1"),
                "edge",
                "--jwt-audience",
                "b1,b2",
                "--jwt-audience",
                "b3"))
        .contains("jwt-audience = b1,b2,b3 # flag");
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("linnet.yaml"), "tcp-port: 1\nhttp-port: 1\nhost: \"::1\"\n");
    Map<String, String> environment = Map.of("LINNET_TCP_PORT", "2", "LINNET_HTTP_PORT", "2");

    assertThat(settings(environment, "up", "--config", file.toString(), "--tcp-port", "3"))
        .contains("tcp-port = 3 # flag", "http-port = 2 # LINNET_HTTP_PORT", "host = ::1 # file");
  }

  @Test
  void eachTuningComesByFlagVariableOrFile() throws IOException {
    Path file = Files.writeString(folder.resolve("tuning"), "edge-timeout: 8s\nview-wait = 90s\n");
    Map<String, String> environment = Map.of("LINNET_HEARTBEAT", "500ms", "LINNET_VIEW_WAIT", "1s");

    assertThat(settings(environment, "up", "--config", file.toString(), "--apply-batch", "500"))
        .contains(
            "edge-timeout = 8s # file",
            "heartbeat = 500ms # LINNET_HEARTBEAT",
            "view-wait = 1s # LINNET_VIEW_WAIT",
            "apply-batch = 500 # flag");
  }

  @Test
  void theEnvironmentMayNameTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("linnet.properties"), "kafka-port = 7\n");

    assertThat(settings(Map.of("LINNET_CONFIG", file.toString()), "broker"))
        .contains("kafka-port = 7 # file");
  }

  @Test
  void aPrintedConfigurationIsAFileForConfig() throws IOException {
    Path data = folder.resolve("a data\\folder");
    String[] given = {
      "up",
      "--kafka",
      "b1:9092,b2:9092",
      "--data",
      data.toString(),
      "--tcp-port",
      "0",
      "--advertised-host",
      "'quoted'"
    };
    Map<String, String> environment = Map.of("LINNET_JWKS", "https://keys.example/#set");
    Path file = Files.writeString(folder.resolve("again"), print(environment, given));

    List<String> first = settings(environment, given);
    List<String> again = settings(Map.of(), "up", "--config", file.toString());

    assertThat(again).extracting(SettingsTest::value).isEqualTo(values(first));
    assertThat(first)
        .contains("data = " + data + " # flag")
        .contains("jwks = https://keys.example/#set # LINNET_JWKS");
    assertThat(again).contains("kafka = b1:9092,b2:9092 # file", "mongodb = # default, not set");
  }

  @Test
  void everyProcessReadsItsOwnPrintedConfiguration() throws IOException {
    for (String command : List.of("up", "broker", "edge", "persister", "presence")) {
      Path file = Files.writeString(folder.resolve(command), print(Map.of(), command));

      assertThat(settings(Map.of(), command, "--config", file.toString()))
          .extracting(SettingsTest::value)
          .isEqualTo(values(settings(Map.of(), command)));
    }
  }

  @Test
  void aPasswordIsNotPrintedAndNotPassedOnAsStars() throws IOException {
    for (String uri :
        List.of(
            "mongodb://me:hush@db/linnet",
            "mongodb://me:hu/s@h:1@db/linnet",
            "mongodb://:hush@db/linnet",
            "mongodb://m/e:hush@db/linnet",
            "mongodb://m@e:hush@db/linnet",
            "mongodb://me:hu sh@db/linnet",
            "mongodb://me:hush@d1:1,me:hush@d2:2/linnet",
            "MongoDB+SRV://me:hush@db/linnet",
            "https://hush@keys/jwks",
            "https://keys/jwks?apiKey=hush",
            "https://keys/jwks?v=1&sig=hush",
            "mongodb://db/linnet?tlsCertificateKeyFilePassword=hush",
            "mongodb://db/linnet?proxyPassword=hush&authMechanismProperties=AWS_SESSION_TOKEN:hush")) {
      String printed = print(Map.of("LINNET_MONGODB", uri), "edge");
      Path file = Files.writeString(folder.resolve("masked"), printed);

      assertThat(printed).contains("***").doesNotContain("hu").contains("LINNET_MONGODB, with a");
      assertThat(settings(Map.of(), "edge", "--config", file.toString()))
          .contains("mongodb = # default, not set");
    }
  }

  @Test
  void aFileStandsAsItIsWritten() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("written"),
            "\uFEFF# first\r\nhost:localhost\r\n\r\n  tcp-port   =  7  \r\n"
                + "data = C:\\new\\table\\u00e4\r\njwks = \" a # ü\"\r\n! last");

    assertThat(settings(Map.of(), "up", "--config", file.toString()))
        .contains(
            "host = localhost # file",
            "tcp-port = 7 # file",
            "data = C:\\new\\table\\u00e4 # file",
            "jwks = \" a # ü\" # file");
  }

  @Test
  void anEmptyVariableIsOneThatIsNotGiven() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "data = d\n");
    Map<String, String> environment =
        Map.of("LINNET_DATA", "", "LINNET_TCP_PORT", " ", "LINNET_LOG", "", "LINNET_CONFIG", "");

    assertThat(settings(environment, "up", "--config", file.toString()))
        .contains("data = d # file", "tcp-port = 9000 # default");
  }

  /** Each setting as "key = value # origin". */
  private static List<String> settings(Map<String, String> environment, String... arguments) {
    List<String> lines = print(environment, arguments).lines().skip(1).toList();
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(lines.get(i)).startsWith("# ");
      settings.add(lines.get(i + 1).replaceAll("^# ", "") + " " + lines.get(i));
    }
    return settings;
  }

  private static List<String> values(List<String> settings) {
    return settings.stream().map(SettingsTest::value).toList();
  }

  private static String value(String setting) {
    return setting.substring(0, setting.lastIndexOf(" # "));
  }

  private static String print(Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--print-config");
    CommandRun run = CommandRun.with(environment, all.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }
}
