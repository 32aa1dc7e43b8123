package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.cli.config.DataFolder;
import im.linnet.cli.config.TokenSecret;
import im.linnet.edge.auth.ExpectedClaims;
import im.linnet.edge.auth.TokenIssuer;
import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.RawTcpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine does not let a process go on: one line says so, and clients are sent away. */
class BrokenMachineIT {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration END = Duration.ofSeconds(60);

  /** Just above the size with which Kafka makes its indexes, in blocks of 512 bytes. */
  private static final int LARGEST_FILE = 20_800;

  private static final int TEXT_BYTES = 30_000;

  @TempDir Path folder;

  private final int http = FreePort.next();
  private final int tcp = FreePort.next();
  private final int kafka = FreePort.next();
  private final Random random = new Random(9);

  @Test
  void upSaysThatItsLogCannotGrowAndSendsItsClientsAway() throws Exception {
    try (OsProcess up = limited("ulimit -f " + LARGEST_FILE, up())) {
      up.awaitLine(Pattern.compile("^ready"), START);
      int before = lines(up).size();
      try (RawTcpClient writer = login("aa");
          RawTcpClient other = login("zz")) {
        for (int i = 0; i < LARGEST_FILE * 1024 / TEXT_BYTES && up.isAlive(); i++) {
          if (!sent(writer, i)) {
            break;
          }
        }
        assertThat(
                other
                    .await(1, frame -> frame.path("op").asText().equals("close"), END)
                    .getFirst()
                    .path("code")
                    .asInt())
            .isEqualTo(3000);
      }
      assertThat(up.awaitExit(END)).isEqualTo(1);
      List<String> said = lines(up).subList(before, lines(up).size());
      assertThat(said).as(up.tailOfOutput()).hasSize(1);
      assertThat(said.getFirst())
          .startsWith("linnet: the broker cannot use " + data().resolve("kafka"))
          .contains("may not grow any further", "'ulimit -f'");
    }
  }

  @Test
  void aBrokerSaysThatItsDirectoryIsBroken() throws IOException {
    try (OsProcess broker =
        limited(
            "true", List.of("broker", "--data", data().toString(), "--kafka-port", "" + kafka))) {
      broker.awaitLine(Pattern.compile("^ready"), START);
      // Kafka writes its next checkpoint to a file of this name.
      Files.createDirectory(data().resolve("kafka").resolve("replication-offset-checkpoint.tmp"));

      assertThat(broker.awaitExit(END)).isEqualTo(1);
      assertThat(lines(broker)).as(broker.tailOfOutput()).hasSize(2);
      assertThat(lines(broker).getLast())
          .startsWith("linnet: the broker cannot use " + data().resolve("kafka") + ": ");
    }
  }

  @Test
  void tooFewDescriptorsAreToldBeforeAnythingIsMade() {
    for (int limit : List.of(40, 300, 600)) {
      try (OsProcess up = limited("ulimit -n " + limit, up())) {
        assertThat(up.awaitExit(END)).isEqualTo(1);
        assertThat(lines(up)).as(up.tailOfOutput()).hasSize(1);
        assertThat(lines(up).getFirst())
            .startsWith("linnet: this process may have " + limit + " files and sockets open")
            .contains("'ulimit -n'");
      }
      assertThat(data()).doesNotExist();
    }
  }

  private List<String> up() {
    return List.of(
        "up",
        "--data",
        data().toString(),
        "--http-port",
        Integer.toString(http),
        "--tcp-port",
        Integer.toString(tcp),
        "--kafka-port",
        Integer.toString(kafka));
  }

  private OsProcess limited(String limit, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return OsProcess.start("process-" + folder.toFile().list().length, folder, command, Map.of());
  }

  private RawTcpClient login(String user) {
    RawTcpClient client = RawTcpClient.connect("127.0.0.1", tcp);
    String token =
        new TokenIssuer(
                TokenSecret.ofData(new DataFolder(data())),
                ExpectedClaims.ANY,
                Duration.ofDays(1),
                Clock.systemUTC())
            .issue(user)
            .token();
    client.send("{\"id\":\"a\",\"op\":\"auth\",\"token\":\"" + token + "\"}");
    client.await(1, frame -> frame.path("op").asText().equals("synced"), START);
    return client;
  }

  /** Whether a text, which does not get smaller by compression, was taken. */
  private boolean sent(RawTcpClient client, int number) {
    byte[] bytes = new byte[TEXT_BYTES * 3 / 4];
    random.nextBytes(bytes);
    String id = "s" + number;
    client.send(
        "{\"id\":\""
            + id
            + "\",\"op\":\"send\",\"kind\":\"p2p\",\"to\":\"bb\",\"uuid\":\""
            + id
            + "\",\"content\":\""
            + Base64.getEncoder().encodeToString(bytes)
            + "\"}");
    return client
            .await(
                1,
                frame ->
                    frame.path("id").asText().equals(id)
                        || frame.path("op").asText().equals("close"),
                END)
            .getFirst()
            .path("code")
            .asInt()
        == 0;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static List<String> lines(OsProcess process) {
    // The JVM warns of what Kafka uses of it; the script switches that off.
    return process.tailOfOutput().lines().filter(line -> !line.startsWith("WARNING: ")).toList();
  }
}
