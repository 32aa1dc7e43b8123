package im.linnet.cli;

import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.node.Topics;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.log.topics.TopicDrift;
import im.linnet.schemas.Topic;
import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.SettingException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code linnet topics}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Creates the topics that are missing, and prints all of them.",
      "With --check it creates nothing and prints the differences from the catalogue. It ends with"
          + " 1 if a process would refuse to start, or if messages are being deleted.",
      "Without --kafka it asks " + KafkaOptions.LOCAL + ", the broker of 'linnet up'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  linnet topics --kafka broker1:9092,broker2:9092,broker3:9092",
      "  linnet topics --check"
    })
final class TopicsCommand implements Callable<Integer> {
  private static final int MOST_COPIES = 32;

  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "Copies of each partition of new topics (default: ${DEFAULT-VALUE}).")
  int replication = 3;

  @Option(
      names = "--min-insync",
      paramLabel = "N",
      description = "Copies that an acknowledgement stands for (default: ${DEFAULT-VALUE}).")
  int minInSync = 2;

  @Option(names = "--check", description = "Only compare.")
  boolean check;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public Integer call() {
    requireCopies(replication, minInSync);
    Optional<TopicCatalogue> given = partitions.catalogue();
    try (TopicAdmin admin = TopicAdmin.open(kafka.settingsOr(KafkaOptions.LOCAL))) {
      TopicCatalogue catalogue = Topics.catalogue(admin, given, TopicCatalogue.DEFAULT);
      PrintWriter out = spec.commandLine().getOut();
      return check ? compare(admin, catalogue, out) : create(admin, catalogue, out);
    }
  }

  /**
   * Checks what new topics get.
   *
   * @throws SettingException if the two do not go together
   */
  static void requireCopies(int replication, int minInSync) {
    if (replication < 1 || replication > MOST_COPIES) {
      throw new SettingException(
          replication + " copies", "--replication", "give 1 to " + MOST_COPIES);
    }
    if (minInSync < 1 || minInSync > replication) {
      throw new SettingException(
          minInSync + " copies in sync", "--min-insync", "give 1 to --replication, " + replication);
    }
  }

  private int create(TopicAdmin admin, TopicCatalogue catalogue, PrintWriter out) {
    List<String> created = admin.create(catalogue, replication, minInSync);
    admin.requireMatching(catalogue);
    for (Topic topic : TopicCatalogue.all()) {
      Map<String, String> settings = new TreeMap<>(topic.config());
      out.printf(
          Locale.ROOT,
          "%-18s %4d partitions  %s%s%n",
          topic.name(),
          catalogue.partitions(topic),
          settings,
          created.contains(topic.name()) ? "  created" : "");
    }
    return 0;
  }

  private static int compare(TopicAdmin admin, TopicCatalogue catalogue, PrintWriter out) {
    List<TopicDrift> drifts = new ArrayList<>(admin.check(catalogue));
    drifts.addAll(admin.deleted());
    for (TopicDrift drift : drifts) {
      out.println(drift.severity() + " " + drift.message());
    }
    if (drifts.isEmpty()) {
      out.println("all " + TopicCatalogue.all().size() + " topics are as the catalogue says");
    }
    boolean harmful =
        drifts.stream().anyMatch(drift -> drift.severity() != TopicDrift.Severity.WARNS);
    return harmful ? ExitCodes.FAILED : 0;
  }
}
