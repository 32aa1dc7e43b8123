package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import im.linnet.cli.config.SettingSources;
import im.linnet.log.LogDeniedException;
import im.linnet.log.LogUnavailableException;
import im.linnet.records.StoreUnavailableException;
import im.linnet.testkit.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each configuration that cannot be used: one line that names the setting, exit code 2. */
class ConfigErrorsTest {
  private static final String MONGO = "mongodb://127.0.0.1:1/linnet?replicaSet=rs0";

  private static final String EDGE = "edge --kafka h:1 --mongodb MONGO";

  /** The defaults may be taken, by a Linnet that runs on this machine. */
  private static final int FREE = FreePort.next();

  @TempDir Path folder;

  static Stream<Arguments> unusable() {
    return Stream.of(
        arguments("--data", "there is a file of that name", "up --data FILE"),
        arguments("--data", "is not a directory", "broker --data FILE/below"),
        arguments(
            "--http-port", "70000", "up --data DIR --kafka-port 0 --tcp-port 0 --http-port 70000"),
        arguments("--tcp-port", "'x'", "up --data DIR --tcp-port x"),
        arguments(
            "--http-port",
            "both listeners want port",
            "up --data DIR --kafka-port 0 --tcp-port FREE --http-port FREE"),
        arguments("--kafka-port", "-1 is not a port", "broker --data DIR --kafka-port -1"),
        arguments("--fsync", "the brokers of --kafka", "up --data DIR --kafka h:1 --fsync"),
        arguments(
            "--token-secret-file", "5 bytes", "up --data DIR PORTS --token-secret-file SHORT"),
        arguments(
            "--token-secret-file", "cannot read", "up --data DIR PORTS --token-secret-file NONE"),
        arguments("--partitions", "'8,x'", "broker --data DIR --kafka-port 0 --partitions 8,x"),
        arguments("--partitions", "1 to 10000", "broker --data DIR --kafka-port 0 --partitions 0"),
        arguments("--partitions", "1 to 10000", "topics --kafka h:1 --partitions 8,100000"),
        arguments("--kafka", "'nowhere'", "up --data DIR --kafka nowhere"),
        arguments("--kafka-properties", "cannot read", "topics --kafka-properties NONE"),
        arguments(
            "--kafka-properties",
            "security.protocol",
            "topics --kafka h:1 --kafka-properties BADKAFKA"),
        arguments(
            "--kafka-properties",
            "security.protocol",
            "edge --kafka h:1 --mongodb MONGO --kafka-properties BADKAFKA"),
        arguments(
            "--kafka-properties",
            "is not a file that can be read (--kafka-properties)",
            "topics --kafka h:1 --kafka-properties NOSTORE"),
        arguments("--mongodb", "is not a MongoDB URI", "up --data DIR --mongodb http://x"),
        arguments("--view-records", "0 records", "up --data DIR PORTS --view-records 0"),
        arguments("--min-insync", "4 copies", "topics --min-insync 4"),
        arguments("--replication", "0 copies", "up --data DIR --replication 0"),
        arguments("--tls-key", "go together", "up --data DIR PORTS --tls-certificate FILE"),
        arguments(
            "--tls-certificate",
            "cannot read",
            "up --data DIR PORTS --tls-certificate NONE --tls-key NONE"),
        arguments(
            "--jwks", "there is no such file", "up --data DIR PORTS --jwt-audience a --jwks NONE"),
        arguments(
            "--jwks", "not a JSON object", "up --data DIR PORTS --jwt-audience a --jwks FILE"),
        arguments("--jwks", "it is empty", "up --data DIR PORTS --jwt-audience a --jwks EMPTY"),
        arguments(
            "--jwks", "no array 'keys'", "up --data DIR PORTS --jwt-audience a --jwks OBJECT"),
        arguments("--jwks", "no key that is good", EDGE + " --jwt-audience a --jwks NOKEYS"),
        arguments("--jwks", "not a plain file", EDGE + " --jwt-audience a --jwks /dev/zero"),
        arguments("--jwks", "https://", EDGE + " --jwt-audience a --jwks ftp://h/keys"),
        arguments("--jwks", "is not a port", EDGE + " --jwt-audience a --jwks http://h:99999/"),
        arguments("--jwt-audience", "other applications", EDGE + " --jwks http://127.0.0.1:1/"),
        arguments(
            "--jwt-audience", "other applications", "up --data DIR PORTS --jwks http://h/keys"),
        arguments("--jwt-audience", "is empty", "up --data DIR PORTS --jwt-audience="),
        arguments("--jwt-issuer", "a name is empty", "up --data DIR PORTS --jwt-issuer a,,b"),
        arguments("--no-tokens", "'x'", "up --data DIR PORTS --no-tokens=x"),
        arguments("--kafka", "no Kafka cluster", "edge"),
        arguments("--mongodb", "no MongoDB is named", "edge --kafka h:1"),
        arguments("--edge-id", "cannot be an edge's name", "up --data DIR PORTS --edge-id a/b"),
        arguments("--token-secret-file", "whose tokens", "edge --kafka h:1 --mongodb MONGO"),
        arguments("--mongodb", "no MongoDB is named", "persister --kafka h:1"),
        arguments("--mongodb", "no MongoDB is named", "presence --kafka h:1"),
        arguments("--mongodb", "no MongoDB is named", "rebuild --kafka h:1"),
        arguments(
            "--instance", "'a b'", "persister --kafka h:1 --mongodb MONGO --instance a\u00a0b"),
        arguments("--instance", "'a/b'", "up --data DIR PORTS --instance a/b"),
        arguments("--instance", "'.'", "persister --kafka h:1 --mongodb MONGO --instance ."),
        arguments("--instance", "'..'", "up --data DIR PORTS --instance .."),
        arguments("--config", "there is no such file", "up --config NONE"),
        arguments("--config", "tcp-prot", "up --config TYPO"),
        arguments("--data", "/proc/linnet", "up --data /proc/linnet PORTS"),
        arguments("--http-port", "not a whole number", "up --data DIR --http-port x"),
        arguments("--connections", "0 connections", "up --data DIR PORTS --connections 0"),
        arguments("--device", "'a:b'", "chat --as aa --device a:b"),
        arguments("--tls-ca", "cannot read", "chat --as aa --tls-ca SHORT"),
        arguments("--token-server", "'x'", "chat --as aa --token-server x"),
        arguments("--token-server", "'x'", "token aa --data NONE --token-server x"),
        arguments("--as", "'a/b'", "chat --as a/b"),
        arguments("--as", "Missing required", "chat"),
        arguments("--server", "'x'", "chat --as aa --server x"),
        arguments("--server", "'x'", "chat --as aa --server a:1,x"),
        arguments("--server", "'y'", "chat --as aa --server a:1 --server y"),
        arguments("--server", "''", "chat --as aa --server a:1,,b:1"),
        arguments("--token-file", "cannot read", "chat --as aa --token-file NONE"),
        arguments("--history", "201", "chat --as aa --history 201"),
        arguments("USER", "'a/b'", "token a/b"),
        arguments("--days", "0 days", "token aa --days 0"),
        arguments(
            "--kafka-port",
            "both listeners want",
            "up --data DIR --kafka-port FREE --tcp-port FREE --http-port 0"),
        arguments(
            "--http-port",
            "that of --kafka-port",
            "up --data DIR --kafka-port FREE --tcp-port 0 --http-port FREE"),
        arguments(
            "--mongodb",
            "the MongoDB URI cannot be used",
            "up --data DIR PORTS --mongodb mongodb://h:99999/"),
        arguments(
            "--mongodb",
            "the MongoDB URI cannot be used",
            "up --data DIR PORTS --mongodb mongodb://"),
        arguments(
            "--mongodb",
            "the MongoDB URI cannot be used",
            "persister --kafka h:1 --mongodb mongodb://h:1:2/"),
        arguments("--host", "'127.0.0.1:80'", "up --data DIR PORTS --host 127.0.0.1:80"),
        arguments(
            "--host", "'http://x'", "edge --kafka h:1 --mongodb MONGO SECRET --host http://x"),
        arguments("--host", "'[::1'", "presence --kafka h:1 --mongodb MONGO --host [::1"),
        arguments(
            "--host",
            "'192.0.2.1' is not an address of this machine",
            "up --data DIR PORTS --host 192.0.2.1"),
        arguments("--advertised-host", "'a:1'", "up --data DIR PORTS --advertised-host a:1"),
        arguments("--p2p-policy", "'nobody'", "up --data DIR PORTS --p2p-policy nobody"),
        arguments("--config", "is a directory", "up --config DIRECTORY"),
        arguments("--config", "the file is empty", "up --config EMPTY"),
        arguments("--config", "not UTF-8", "up --config LATIN"),
        arguments("--config", "line 2 of", "up --config TWICE"),
        arguments("--config", "is not 'key = value'", "up --config SHORT"),
        arguments("--kafka-properties", "empty", "topics --kafka h:1 --kafka-properties EMPTY"),
        arguments("--kafka-properties", "not UTF-8", "topics --kafka h:1 --kafka-properties LATIN"),
        arguments(
            "--kafka-properties", "directory", "topics --kafka h:1 --kafka-properties DIRECTORY"),
        arguments("--token-secret-file", "empty", "up --data DIR PORTS --token-secret-file EMPTY"),
        arguments("--token-secret-file", "directory", "token aa --token-secret-file DIRECTORY"),
        arguments("--token-file", "empty", "chat --as aa --token-file EMPTY"),
        arguments("--tls-ca", "empty", "token aa --tls-ca EMPTY"),
        arguments("--tls-ca", "none in PEM", "chat --as aa --tls-ca LATIN"),
        arguments("--data", "is not a path", "up --data a\0b"),
        arguments("--config", "is not a path", "up --config a\0b"),
        arguments("--heartbeat", "'25' is not a time such as", EDGE + " SECRET --heartbeat 25"),
        arguments(
            "--heartbeat",
            "2h is too long (--heartbeat): give 50ms to 1h",
            EDGE + " SECRET --tcp-port 0 --http-port 0 --heartbeat 2h"),
        arguments(
            "--outbox-bytes",
            "100000 is too small (--outbox-bytes): give 131072 to",
            EDGE + " SECRET --tcp-port 0 --http-port 0 --outbox-bytes 100000"),
        arguments(
            "--apply-batch",
            "0 is too small",
            "persister --kafka h:1 --mongodb MONGO --apply-batch 0"),
        arguments(
            "--contact-gap",
            "5s is not below --edge-timeout, 5s",
            "presence --kafka h:1 --mongodb MONGO --contact-gap 5s"),
        arguments("--edge-timeout", "11m is too long", "up --data DIR PORTS --edge-timeout 11m"),
        arguments(
            "--mongodb-answer", "0s is too short", "digest --mongodb MONGO --mongodb-answer 0s"));
  }

  static Stream<Arguments> wrongAddresses() {
    List<String> wrong =
        List.of(
            "http://127.0.0.1:8080",
            "127.0.0.1",
            "::1",
            "::1:80",
            "[::1:80",
            "::1]:80",
            "[::1]",
            "[::g]:80",
            "[127.0.0.1]:80",
            "256.1.1.1:80",
            "1.2.3:80",
            "a\u00a0b:1",
            "a b:1",
            "a/b:1",
            ":80",
            "h:",
            "h:x",
            "h:+1",
            "h:-1",
            "h:0",
            "h:65536",
            "h:99999");
    List<List<String>> commands =
        List.of(
            List.of("--server", "chat", "--as", "aa"),
            List.of("--token-server", "chat", "--as", "aa"),
            List.of("--token-server", "token", "aa"),
            List.of("--kafka", "topics"),
            List.of("--kafka", "digest"));
    return commands.stream()
        .flatMap(each -> wrong.stream().map(address -> arguments(each, address)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("wrongAddresses")
  void aWrongAddressIsRefusedAtOnce(List<String> command, String address) {
    String flag = command.getFirst();
    List<String> words = new ArrayList<>(command.subList(1, command.size()));
    words.addAll(List.of(flag, address));
    CommandRun run = CommandRun.of(words.toArray(String[]::new));

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).contains("'" + address + "'").contains("(" + flag + ")");
  }

  /** A number has one spelling, so that a file and a flag cannot say the same in two ways. */
  @ParameterizedTest
  @CsvSource({
    "+80, is not a whole number",
    "080, is not a whole number",
    "0x50, is not a whole number",
    "\u0668\u0660, is not a whole number",
    "8 0, is not a whole number",
    "99999999999, is too large"
  })
  void aNumberInAnotherSpellingIsRefused(String number, String why) {
    for (String flag : List.of("--http-port", "--tcp-port", "--connections")) {
      // Where the value is taken, the settings are printed and nothing starts.
      assertThat(refusal("up", "--print-config", flag, number))
          .contains(flag, "'" + number + "' " + why);
    }
    // Where it is taken, the name of the instance is refused.
    assertThat(refusal("up", "--instance", "a/b", "--partitions", number))
        .contains("--partitions", "'" + number + "' are not partition counts");
  }

  private static String refusal(String... words) {
    CommandRun run = CommandRun.of(words);

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    return run.err();
  }

  /** Every option of every command that takes a value. */
  static Stream<Arguments> options() {
    return Linnet.commandLine(SettingSources.none()).getSubcommands().entrySet().stream()
        .flatMap(
            command ->
                command.getValue().getCommandSpec().options().stream()
                    .filter(option -> !option.typeInfo().isBoolean())
                    .map(option -> arguments(command.getKey(), option.longestName())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("options")
  void anEmptyValueIsRefusedByName(String command, String flag) {
    for (String empty : List.of("", "  ")) {
      List<String> words = new ArrayList<>(List.of(command));
      if (command.equals("chat") && !flag.equals("--as")) {
        words.addAll(List.of("--as", "aa"));
      }
      if (command.equals("token")) {
        words.add("aa");
      }
      words.addAll(List.of(flag, empty));
      CommandRun run = CommandRun.of(words.toArray(String[]::new));

      assertThat(run.exit()).as(run.err()).isEqualTo(2);
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
      assertThat(run.err()).contains(flag);
    }
  }

  @Test
  void aWrongValueIsNamedByWhereItCameFrom() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("settings"),
            "tcp-port = x\nhost = a b\nhttp-port = 70000\nkafka = nowhere\ndata =\n");
    String config = file.toString();

    assertThat(CommandRun.with(Map.of("LINNET_TCP_PORT", "y"), "up").err())
        .contains("LINNET_TCP_PORT", "'y'")
        .doesNotContain("--tcp-port");
    assertThat(
            CommandRun.with(Map.of("LINNET_DATA", folder.resolve("settings").toString()), "broker")
                .err())
        .contains("(LINNET_DATA)");
    assertThat(CommandRun.with(Map.of("LINNET_CONFIG", "/nowhere"), "broker").err())
        .contains("(LINNET_CONFIG)");
    assertThat(CommandRun.of("edge", "--config", config, "--tcp-port", "0").err())
        .contains("('kafka' in " + config + ")");
    assertThat(CommandRun.of("up", "--config", config).err()).contains("'tcp-port' in " + config);
    assertThat(CommandRun.of("broker", "--config", config).err())
        .contains("the value is empty ('data' in " + config + ")");
    assertThat(CommandRun.of("up", "--config", config, "--tcp-port", "x").err())
        .contains("--tcp-port");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--http-port 65536",
        "--tcp-port -1",
        "--kafka-port 70000",
        "--host a:b:c",
        "--advertised-host a/b",
        "--connections 0",
        "--partitions x",
        "--instance a/b",
        "--view-records 0",
        "--mongodb mongodb://",
        "--token-secret-file NONE",
        "--tls-certificate NONE --tls-key NONE",
        "--kafka h:0",
        "--replication 0"
      })
  void aStartThatIsRefusedLeavesNothingBehind(String wrong) throws IOException {
    Path data = folder.resolve("a").resolve("data");
    CommandRun run = CommandRun.of(words("up --data " + data + " " + wrong));

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(data.getParent()).doesNotExist();
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("unusable")
  void isOneLineAndExitCode2(String key, String what, String command) throws IOException {
    CommandRun run = CommandRun.of(words(command));

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err())
        .startsWith("linnet: ")
        .contains(key)
        .contains(what.replace("a b", "a\u00a0b"));
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String flag : List.of("--http-port", "--tcp-port", "--kafka-port")) {
        CommandRun run =
            CommandRun.of(
                words("up --data DIR " + others(flag) + flag + " " + taken.getLocalPort()));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains(flag).contains(Integer.toString(taken.getLocalPort()));
      }
    }
  }

  @Test
  void whatIsAwayIsOneLineThatSaysWhatToLookAt() throws IOException {
    for (String command :
        List.of(
            "topics --kafka nowhere.invalid:9",
            "digest --kafka nowhere.invalid:9",
            "rebuild --kafka nowhere.invalid:9 --mongodb MONGO",
            "token aa --data NONE --token-server 127.0.0.1:1")) {
      CommandRun run = CommandRun.of(words(command));

      assertThat(run.exit()).as(command).isEqualTo(1);
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
      assertThat(run.err()).containsAnyOf("(--kafka): see", "(--token-server): start");
    }
  }

  @Test
  void aStoreOrALogThatIsAwayIsToldInPlainWords() {
    assertThat(
            told(
                1,
                new StoreUnavailableException(
                    "MongoDB cannot serve this now: Timed out while waiting for a server that"
                        + " matches ReadPreferenceServerSelector{readPreference=primary}. Client"
                        + " view of cluster state is {type=REPLICA_SET, servers=[]}",
                    new IOException())))
        .startsWith(
            "linnet: MongoDB cannot serve this now: Timed out while waiting for a primary"
                + " (--mongodb): see");
    assertThat(
            told(
                1,
                new LogUnavailableException(
                    "Kafka at h:1: the cluster id: org.apache.kafka.common.errors.TimeoutException:"
                        + " Timed out waiting for a node assignment. Call: listNodes",
                    new IOException())))
        .startsWith("linnet: Kafka at h:1: the cluster id: no broker answers" + " (--kafka): see");
    assertThat(told(2, new LogDeniedException("Kafka at h:1 denies a right: x", new IOException())))
        .startsWith("linnet: Kafka at h:1 denies a right: x (--kafka-properties): see");
  }

  private static String told(int code, Exception failure) {
    StringWriter err = new StringWriter();
    assertThat(new ExitCodes(new PrintWriter(err), SettingSources.none()).of(failure, null))
        .isEqualTo(code);
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString();
  }

  @Test
  void aVariableMayHoldSeveralServers() {
    CommandRun run = CommandRun.with(Map.of("LINNET_SERVER", "a:1, b:1,x"), "chat", "--as", "aa");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'x' is not an address (LINNET_SERVER)");
  }

  @Test
  void anUnknownLogLevelIsNamed() {
    CommandRun run = CommandRun.with(Map.of("LINNET_LOG", "loud"), "token", "aa");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'loud'").contains("LINNET_LOG");
  }

  @Test
  void aPasswordInAUriIsNotRepeated() {
    CommandRun run =
        CommandRun.of("persister", "--kafka", "h:1", "--mongodb", "http://me:secret@db/linnet");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("(--mongodb)").doesNotContain("secret").doesNotContain("me:");
  }

  private static String others(String flag) {
    StringBuilder free = new StringBuilder();
    for (String each : List.of("--http-port", "--tcp-port", "--kafka-port")) {
      if (!each.equals(flag)) {
        free.append(each).append(" 0 ");
      }
    }
    return free.toString();
  }

  private String[] words(String command) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path small = Files.writeString(folder.resolve("short"), "12345\n");
    Path kafka = Files.writeString(folder.resolve("kafka"), "security.protocol = NOPE\n");
    Path noStore =
        Files.writeString(
            folder.resolve("no-store"),
            "security.protocol = SSL\nssl.truststore.location = /nonexistent/trust.p12\n");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', '=', (byte) 0xe4});
    Path twice = Files.writeString(folder.resolve("twice"), "data = a\ndata = b\n");
    Path empty = Files.writeString(folder.resolve("empty"), "");
    Path secret = Files.writeString(folder.resolve("secret"), "s".repeat(40));
    Path typo = Files.writeString(folder.resolve("typo"), "tcp-prot = 9\n");
    Path object = Files.writeString(folder.resolve("object"), "{}");
    Path noKeys = Files.writeString(folder.resolve("no-keys"), "{\"keys\":[]}");
    return command
        .replace("FREE", Integer.toString(FREE))
        .replace("NOSTORE", noStore.toString())
        .replace("EMPTY", empty.toString())
        .replace("OBJECT", object.toString())
        .replace("NOKEYS", noKeys.toString())
        .replace("PORTS", "--http-port 0 --tcp-port 0 --kafka-port 0")
        .replace("SECRET", "--token-secret-file " + secret)
        .replace("DIRECTORY", folder.toString())
        .replace("LATIN", latin.toString())
        .replace("TWICE", twice.toString())
        .replace("FILE", file.toString())
        .replace("DIR", folder.resolve("data").toString())
        .replace("SHORT", small.toString())
        .replace("NONE", folder.resolve("none").toString())
        .replace("TYPO", typo.toString())
        .replace("BADKAFKA", kafka.toString())
        .replace("MONGO", MONGO)
        .split(" ");
  }
}
