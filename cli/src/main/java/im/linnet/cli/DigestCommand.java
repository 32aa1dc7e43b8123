package im.linnet.cli;

import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.config.Tuning;
import im.linnet.cli.config.Tuning.Tuned;
import im.linnet.cli.node.LogView;
import im.linnet.records.Digest;
import im.linnet.records.RecordStore;
import im.linnet.records.ViewMissingException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.records.mongo.MongoSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linnet digest}. */
@Command(
    name = "digest",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Prints a canonical hash of each collection of the view: equal for equal views, whatever the"
          + " store.",
      "With --mongodb it reads that view. Without it, it builds a view in memory from the log of"
          + " --kafka (default: "
          + KafkaOptions.LOCAL
          + ", the broker of 'linnet up').",
      "It is exact while no process writes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  linnet digest --mongodb 'mongodb://db1/linnet?replicaSet=rs0'",
      "  linnet digest --kafka 127.0.0.1:9092"
    })
final class DigestCommand implements Callable<Integer>, Tuned {
  private static final String NO_VIEW =
      "linnet: this database holds no view (--mongodb): see that the URI names the database that"
          + " the persisters write to";

  @Mixin final StoreOptions store = new StoreOptions();
  @Mixin final KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--view-records",
      paramLabel = "N",
      description = "The most records of a view in memory (default: ${DEFAULT-VALUE}).")
  int viewRecords = InMemoryRecordStore.DEFAULT_MAX_RECORDS;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  private final Tuning tuning = new Tuning(List.of(MongoSettings.class));

  @Override
  public Tuning tuning() {
    return tuning;
  }

  @Override
  public Integer call() {
    try (RecordStore view = view()) {
      if (!holdsView(view)) {
        spec.commandLine().getErr().println(NO_VIEW);
        spec.commandLine().getErr().flush();
        return ExitCodes.FAILED;
      }
      print(view.digest(), spec.commandLine().getOut());
      return 0;
    }
  }

  private static boolean holdsView(RecordStore view) {
    try {
      String unused = view.state().id();
      return true;
    } catch (ViewMissingException e) {
      return false;
    }
  }

  private RecordStore view() {
    if (store.given()) {
      return Stores.mongo(tuning.apply(store.settings()));
    }
    RecordStore memory = Stores.memory(viewRecords);
    LogView.read(kafka.settingsOr(KafkaOptions.LOCAL), memory);
    return memory;
  }

  private static void print(Digest digest, PrintWriter out) {
    digest
        .collections()
        .forEach(
            (collection, of) ->
                out.printf(Locale.ROOT, "%-22s %10d %s%n", collection, of.documents(), of.hash()));
    out.flush();
  }
}
