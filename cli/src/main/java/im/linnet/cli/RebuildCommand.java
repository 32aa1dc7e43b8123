package im.linnet.cli;

import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.config.Tuning;
import im.linnet.cli.config.Tuning.Tuned;
import im.linnet.cli.node.Topics;
import im.linnet.log.KafkaSettings;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.persister.Rebuild;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code linnet rebuild}. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Builds the view in MongoDB anew from the log, beside the old one, and swaps them.",
      "Stop the persisters first; edges go on. If it is cut short, run the same command again."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  linnet rebuild --kafka broker1:9092 \\",
      "      --mongodb 'mongodb://db1/linnet?replicaSet=rs0'"
    })
final class RebuildCommand implements Callable<Integer>, Tuned {
  private static final long REPORT_NANOS = 1_000_000_000L;

  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final StoreOptions store = new StoreOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  private long reported;

  private final Tuning tuning = new Tuning(List.of(MongoSettings.class));

  @Override
  public Tuning tuning() {
    return tuning;
  }

  @Override
  public Integer call() {
    KafkaSettings log = kafka.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (MongoRecordStore view = Stores.mongo(tuning.apply(store.settings()));
        TopicAdmin admin = TopicAdmin.open(log)) {
      reported = System.nanoTime() - REPORT_NANOS;
      TopicCatalogue catalogue = Topics.catalogue(admin, Optional.empty(), TopicCatalogue.DEFAULT);
      new Rebuild(log, catalogue, view).run(progress -> report(progress, out));
      out.println("rebuilt");
      return 0;
    }
  }

  private void report(Rebuild.Progress progress, PrintWriter out) {
    boolean last = progress.done() >= progress.total();
    if (last || System.nanoTime() - reported >= REPORT_NANOS) {
      reported = System.nanoTime();
      double share = progress.total() == 0 ? 100 : 100.0 * progress.done() / progress.total();
      out.printf(
          Locale.ROOT, "%d of %d records (%.0f %%)%n", progress.done(), progress.total(), share);
      out.flush();
    }
  }
}
