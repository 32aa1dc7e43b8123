package im.linnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.testkit.FreePort;
import im.linnet.testkit.OsProcess;
import im.linnet.testkit.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while a process waits for what it needs: as clean a stop as any other. */
class StopWhileStartingIT {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String NOBODY = "127.0.0.1:" + FreePort.next();
  private static final String NO_MONGO = "mongodb://" + NOBODY + "/linnet?replicaSet=rs0";

  @TempDir Path folder;

  @Test
  void upWaitsForKafka() {
    stopsCleanly(
        "up --kafka " + NOBODY + " --data " + folder + " --http-port 0 --tcp-port 0", "waiting: ");
  }

  @Test
  void aPersisterWaitsForKafka() {
    stopsCleanly("persister --kafka " + NOBODY + " --mongodb " + NO_MONGO, "waiting: ");
  }

  @Test
  void aTrackerWaitsForMongo() {
    try (TestBroker broker = TestBroker.start()) {
      assertThat(
              CommandRun.of(
                      "topics",
                      "--kafka",
                      broker.bootstrapServers(),
                      "--partitions",
                      "1",
                      "--replication",
                      "1",
                      "--min-insync",
                      "1")
                  .exit())
          .isZero();
      stopsCleanly(
          "presence --kafka " + broker.bootstrapServers() + " --mongodb " + NO_MONGO,
          "waiting: .*MongoDB");
    }
  }

  private void stopsCleanly(String command, String waiting) {
    try (OsProcess process =
        OsProcess.java(
            "process",
            folder,
            List.of("-Xmx256m"),
            Main.class.getName(),
            List.of(command.split(" ")))) {
      process.awaitLine(Pattern.compile(waiting), START);

      assertThat(process.terminate(STOP)).as(process.tailOfOutput()).isZero();
      assertThat(process.tailOfOutput()).doesNotContain("\tat ").doesNotContain("interrupted");
    }
  }
}
