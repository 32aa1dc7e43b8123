package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, and what they are when nothing is said. */
class SettingsTest {
  private static final List<String> KAFKA =
      List.of("kafka = # default", "kafka-properties = # default", "partitions = # default");

  private static final List<String> EDGE =
      List.of(
          "advertised-host = # default",
          "connections = 100000 # default",
          "http-port = 8080 # default",
          "jwks = # default",
          "mongodb = # default",
          "tcp-port = 9000 # default",
          "tls-certificate = # default",
          "tls-key = # default",
          "token-secret-file = # default");

  @TempDir Path folder;

  @Test
  void theDefaultsOfUp() {
    assertThat(settings(Map.of(), "up"))
        .containsAll(KAFKA)
        .containsAll(EDGE)
        .contains(
            "data = linnet-data # default",
            "host = 127.0.0.1 # default",
            "kafka-port = 9092 # default",
            "min-insync = 2 # default",
            "replication = 3 # default",
            "view-records = 5000000 # default")
        .hasSize(KAFKA.size() + EDGE.size() + 6);
  }

  @Test
  void theDefaultsOfEdge() {
    assertThat(settings(Map.of(), "edge"))
        .containsAll(KAFKA)
        .containsAll(EDGE)
        .contains("host = 0.0.0.0 # default")
        .hasSize(KAFKA.size() + EDGE.size() + 1);
  }

  @Test
  void theDefaultsOfPersister() {
    assertThat(settings(Map.of(), "persister"))
        .containsAll(KAFKA)
        .contains(
            "host = 0.0.0.0 # default",
            "http-port = # default",
            "instance = persister-1 # default",
            "mongodb = # default")
        .hasSize(KAFKA.size() + 4);
  }

  @Test
  void theDefaultsOfPresence() {
    assertThat(settings(Map.of(), "presence"))
        .containsAll(KAFKA)
        .contains(
            "host = 0.0.0.0 # default",
            "http-port = # default",
            "instance = presence-1 # default",
            "mongodb = # default")
        .hasSize(KAFKA.size() + 4);
  }

  @Test
  void theDefaultsOfBroker() {
    assertThat(settings(Map.of(), "broker"))
        .containsExactly(
            "data = linnet-data # default",
            "kafka-port = 9092 # default",
            "partitions = # default");
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
  void theEnvironmentMayNameTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("linnet.properties"), "kafka-port = 7\n");

    assertThat(settings(Map.of("LINNET_CONFIG", file.toString()), "broker"))
        .contains("kafka-port = 7 # file");
  }

  @Test
  void aPrintedConfigurationCanBeReadAgain() throws IOException {
    String printed = CommandRun.of("broker", "--kafka-port", "7", "--print-config").out();
    Path file = Files.writeString(folder.resolve("again"), printed.replaceAll("#.*", ""));

    assertThat(settings(Map.of(), "broker", "--config", file.toString()))
        .contains("kafka-port = 7 # file");
  }

  @Test
  void aPasswordIsNotPrinted() {
    assertThat(settings(Map.of("LINNET_MONGODB", "mongodb://me:secret@db/linnet"), "edge"))
        .contains("mongodb = mongodb://me:***@db/linnet # LINNET_MONGODB");
  }

  private static List<String> settings(Map<String, String> environment, String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--print-config";
    CommandRun run = CommandRun.with(environment, all);
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().map(line -> line.replaceAll("\\s+", " ")).toList();
  }
}
