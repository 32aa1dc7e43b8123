package im.linnet.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every bench. */
final class BenchOptions {
  /** The place of the view in a run. */
  enum Store {
    /** In the server's memory: everything in one process. */
    memory,
    /** MongoDB: broker, edge, persister and presence-tracker each in its own process. */
    mongodb
  }

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "memory",
      description = "Where the view is kept: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  Store store = Store.memory;

  @Option(
      names = "--mongod",
      paramLabel = "FILE",
      defaultValue = "mongod",
      description =
          "The mongod program that a run with --store mongodb starts for itself, as a replica set"
              + " of one in a temporary folder. Default: ${DEFAULT-VALUE}, from the PATH.")
  String mongod = "mongod";

  @Option(
      names = "--mongod-cache",
      paramLabel = "GIB",
      defaultValue = "2",
      description =
          "The cache of that mongod. By itself it would take half of the machine's memory. Default:"
              + " ${DEFAULT-VALUE}.")
  double mongodCache = 2;

  @Option(
      names = "--fsync",
      description = "The brokers sync every append to the disk before its acknowledgement.")
  boolean fsync;

  @Option(
      names = "--users",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Connected users. Default: ${DEFAULT-VALUE}.")
  int users = 2_000;

  @Option(
      names = "--contacts",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Others that each user writes to, the second half as often as the first, and so on; all"
              + " others where there are fewer. Default: ${DEFAULT-VALUE}.")
  int contacts = 20;

  @Option(
      names = "--preload",
      paramLabel = "MESSAGES",
      defaultValue = "0",
      description =
          "Messages that the store holds at least before the warm-up: what a store costs grows with"
              + " what it holds. Default: ${DEFAULT-VALUE}.")
  long preload;

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Sends that each user keeps in flight in the closed loop. Default: ${DEFAULT-VALUE}.")
  int window = 1;

  @Option(
      names = "--text",
      paramLabel = "BYTES",
      defaultValue = "100",
      description = "Length of a message's text. Default: ${DEFAULT-VALUE}.")
  int text = 100;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Length of a measured phase. Default: ${DEFAULT-VALUE}.")
  int seconds = 20;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "150",
      description =
          "Longest load before the measured phase. It ends when a message's CPU has stopped"
              + " falling, that is when the JIT compilers are done. Default: ${DEFAULT-VALUE}.")
  int warmup = 150;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of the random choice of contacts and recipients. Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the figures, the machine and the settings to this file.")
  @Nullable Path json;

  /** The first impossible setting, in one line; null if all are possible. */
  @Nullable String complaint() {
    // mongod's own bounds.
    if (!(mongodCache >= 0.25 && mongodCache <= 10_000)) {
      return "--mongod-cache: " + mongodCache + " is outside 0.25-10000";
    }
    if (users < 2 || users > 5_000) {
      return "--users: " + users + " is outside 2-5000";
    }
    if (contacts < 1 || contacts > 5_000) {
      return "--contacts: " + contacts + " is outside 1-5000";
    }
    if (preload < 0 || preload > 1_000_000_000) {
      return "--preload: " + preload + " is outside 0-1000000000";
    }
    if (window < 1 || window > 100) {
      return "--window: " + window + " is outside 1-100";
    }
    if (text < 48 || text > 16_384) {
      return "--text: "
          + text
          + " is outside 48-16384 (a text carries its sender, number and time)";
    }
    if (seconds < 1 || seconds > 3_600 || warmup < 0 || warmup > 3_600) {
      return "--seconds and --warmup: at most 3600";
    }
    if (json != null && !mayWrite(json)) {
      return "--json: cannot write '"
          + json
          + "': give a file in a folder that this user may write to";
    }
    if (store == Store.mongodb && !isProgram(mongod)) {
      return "--mongod: there is no program '" + mongod + "': give the path of a mongod program";
    }
    return null;
  }

  /** A run takes minutes, so a place where its figures cannot go is told before it. */
  private static boolean mayWrite(Path file) {
    if (Files.exists(file)) {
      return Files.isRegularFile(file) && Files.isWritable(file);
    }
    Path folder = file.toAbsolutePath().getParent();
    return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
  }

  /** Looks where the system looks: a name without a slash is one of the PATH. */
  private static boolean isProgram(String name) {
    String folders = name.contains("/") ? "" : System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(folders.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
