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
 * other ports than the documented ones. Where kcat is not installed, a Java consumer reads what the
 * command would.
 */
class DocCommandsIT {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int HTTP = FreePort.next();
  private static final int TCP = FreePort.next();
  private static final int KAFKA = FreePort.next();

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
    writeLinnet();
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
            .replace("8080", "" + HTTP);
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
    }
  }

  /** The command as {@code ./linnet} and {@code linnet}: this build's classes. */
  private static void writeLinnet() throws IOException {
    Path script =
        Files.writeString(
            folder.resolve("linnet"),
            "#!/bin/sh\nexec '"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -Xmx128m -cp '"
                + System.getProperty("java.class.path")
                + "' "
                + Main.class.getName()
                + " \"$@\"\n");
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
