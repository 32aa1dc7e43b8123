package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.doc.DocBlock;
import im.linnet.testkit.doc.ShellScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of README and docs that are classed as {@code run}, against an {@code up} that has
 * other ports than the documented ones. They find the Java programs of the documentation in their
 * folder, and print what a block of {@code text} after them shows. Where kcat is not installed, a
 * Java consumer reads what the command would.
 */
class DocCommandsIT {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int HTTP = FreePort.next();
  private static final int TCP = FreePort.next();
  private static final int KAFKA = FreePort.next();

  /** The jars of the command, as the documentation names them. */
  private static final String JARS = "cli/target/linnet.jar:cli/target/lib/*";

  private static final Pattern PROGRAM =
      Pattern.compile("class (\\w+) \\{\\s+public static void main");

  @TempDir static Path folder;

  private static OsProcess up;
  private static int runs;

  static Stream<DocBlock> blocks() {
    return DocBlock.all().stream()
        .filter(block -> block.isShell() && block.fate().equals(DocBlock.RUN));
  }

  @BeforeAll
  static void start() throws Exception {
    up =
        OsProcess.java(
            "up",
            folder,
            List.of("-Xmx512m"),
            Main.class.getName(),
            List.of(
                "up",
                "--data",
                folder.resolve("linnet-data").toString(),
                "--http-port",
                Integer.toString(HTTP),
                "--tcp-port",
                Integer.toString(TCP),
                "--kafka-port",
                Integer.toString(KAFKA)));
    up.awaitLine(Pattern.compile("^ready"), START);
    writePrograms();
    List<String> chat =
        List.of(
            "--as",
            "aa",
            "--to",
            "bb",
            "--server",
            "127.0.0.1:" + TCP,
            "--token-server",
            "127.0.0.1:" + HTTP);
    ChatProcess.Piped hello = ChatProcess.pipe(folder, "Hello\n", chat);
    assertThat(hello.exit()).as(hello.err()).isZero();
  }

  @AfterAll
  static void stop() {
    if (up != null) {
      up.close();
    }
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theCommandsOfTheDocumentationWork(DocBlock block) {
    String script =
        block
            .text()
            .replace("9092", "" + KAFKA)
            .replace("9000", "" + TCP)
            .replace("8080", "" + HTTP)
            .replace(JARS, System.getProperty("java.class.path"));
    List<List<String>> kcat = ShellScript.calls(script, "kcat");
    if (!kcat.isEmpty() && !isOnPath("kcat")) {
      assertThat(ShellScript.commands(script)).as("a block of kcat alone").hasSameSizeAs(kcat);
      kcat.forEach(DocCommandsIT::consume);
      return;
    }
    OsProcess shell =
        OsProcess.start(
            "block-" + ++runs,
            folder,
            List.of("sh", "-eu", "-c", script),
            Map.of(
                "PATH",
                folder + ":" + System.getenv("PATH"),
                "LINNET_TOKEN_SERVER",
                "127.0.0.1:" + HTTP,
                "LINNET_SERVER",
                "127.0.0.1:" + TCP));
    try (shell) {
      int exit = shell.awaitExit(PATIENCE);
      assertThat(exit).as("%s: %s", block.place(), shell.tailOfOutput()).isZero();
      if (!kcat.isEmpty()) {
        assertThat(shell.tailOfOutput()).as(block.place()).isNotBlank();
      }
      assertThat(shell.tailOfOutput()).as(block.place()).contains(shownOutput(block));
    }
  }

  /** The text of the next block, if it shows an output. */
  private static String shownOutput(DocBlock block) {
    List<DocBlock> all = DocBlock.all();
    int next = all.indexOf(block) + 1;
    return next < all.size() && all.get(next).language().equals("text")
        ? all.get(next).text().strip()
        : "";
  }

  /** The commands {@code linnet} and {@code java}, of this build, and the programs in Java. */
  private static void writePrograms() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    writeScript(
        "linnet",
        "'"
            + java
            + "' -Xmx128m -cp '"
            + System.getProperty("java.class.path")
            + "' "
            + Main.class.getName());
    writeScript("java", "'" + java + "' -Xmx128m");
    for (DocBlock block : DocBlock.all()) {
      Matcher program = PROGRAM.matcher(block.text());
      if (block.language().equals("java") && program.find()) {
        Files.writeString(
            folder.resolve(program.group(1) + ".java"), block.text().replace("9000", "" + TCP));
      }
    }
  }

  private static void writeScript(String name, String command) throws IOException {
    Path script =
        Files.writeString(folder.resolve(name), "#!/bin/sh\nexec " + command + " \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }

  private static void consume(List<String> kcat) {
    String topic = kcat.get(kcat.indexOf("-t") + 1);
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kcat.get(kcat.indexOf("-b") + 1));
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .collect(Collectors.toList());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assertThat(consumer.poll(PATIENCE)).as(topic).isNotEmpty();
    }
  }
}
