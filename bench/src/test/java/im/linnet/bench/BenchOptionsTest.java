package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.cli.Linnet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting that cannot work is told before anything starts. */
class BenchOptionsTest {
  @TempDir Path folder;

  private final BenchOptions options = new BenchOptions();

  @Test
  void theDefaultsAreGood() {
    assertThat(options.complaint()).isNull();
  }

  @Test
  void aNumberOutsideItsBoundsIsNamed() {
    options.users = 1;

    assertThat(options.complaint()).isEqualTo("--users: 1 is outside 2-5000");
  }

  @Test
  void aMongodThatIsNotThereIsNamed() throws IOException {
    options.store = BenchOptions.Store.mongodb;
    Path text = Files.writeString(folder.resolve("text"), "no program");
    for (String missing :
        new String[] {"linnet-no-such-mongod", folder + "/mongod", "" + folder, "" + text}) {
      options.mongod = missing;

      assertThat(options.complaint()).startsWith("--mongod: there is no program '" + missing + "'");
    }
  }

  @Test
  void aMongodIsAPathOrAProgramOfThePath() {
    options.store = BenchOptions.Store.mongodb;
    options.mongod = ProcessHandle.current().info().command().orElseThrow();
    assertThat(options.complaint()).isNull();

    options.mongod = "sh";
    assertThat(options.complaint()).isNull();
  }

  @Test
  void aRateThatIsNoNumberIsToldInPlainWords() {
    StringWriter err = new StringWriter();
    int exit =
        Linnet.run(
            List.of("bench", "latency", "--rates", "x"),
            Map.of(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(err));

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("'--rates'", "'x' is not a number;");
  }

  @Test
  void theViewInMemoryNeedsNoMongod() {
    options.mongod = "linnet-no-such-mongod";

    assertThat(options.complaint()).isNull();
  }

  @Test
  void figuresThatCannotBeWrittenAreToldBeforeTheRun() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (Path wrong :
        new Path[] {folder, folder.resolve("none/figures.json"), file.resolve("figures")}) {
      options.json = wrong;

      assertThat(options.complaint()).startsWith("--json: cannot write '" + wrong + "'");
    }
    for (Path right : new Path[] {file, folder.resolve("figures.json"), Path.of("figures.json")}) {
      options.json = right;

      assertThat(options.complaint()).isNull();
    }
  }
}
