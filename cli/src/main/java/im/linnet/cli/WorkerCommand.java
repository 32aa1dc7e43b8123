package im.linnet.cli;

import im.linnet.cli.config.HealthOptions;
import im.linnet.cli.config.HttpAddress;
import im.linnet.cli.config.InstanceOption;
import im.linnet.cli.config.KafkaOptions;
import im.linnet.cli.config.PartitionOptions;
import im.linnet.cli.config.SettingSources;
import im.linnet.cli.config.StoreOptions;
import im.linnet.cli.config.Tuning;
import im.linnet.cli.config.Tuning.Tuned;
import im.linnet.cli.node.Node;
import im.linnet.cli.node.WorkerProcess;
import im.linnet.log.KafkaSettings;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.TopicCatalogue;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that runs one worker of the log as a process of its own. */
abstract class WorkerCommand extends ProcessCommand implements Tuned {
  @Mixin final KafkaOptions kafka = new KafkaOptions();
  @Mixin final StoreOptions store = new StoreOptions();
  @Mixin final PartitionOptions partitions = new PartitionOptions();
  @Mixin final HealthOptions health = new HealthOptions();

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = {
        "This process's name, unique among its kind in the cluster and the same after a restart"
            + " (default: ${DEFAULT-VALUE})."
      })
  String instance;

  private final Tuning tuning;

  /**
   * @param instance its name if none is given
   * @param config the record of the worker's settings
   */
  WorkerCommand(SettingSources sources, String instance, Class<? extends Record> config) {
    super(sources);
    this.instance = instance;
    this.tuning = new Tuning(List.of(config, MongoSettings.class));
  }

  @Override
  public final Tuning tuning() {
    return tuning;
  }

  /** The process with its worker; nothing is opened yet. */
  abstract Node process(WorkerProcess.Settings settings);

  @Override
  final Node node() {
    String name = InstanceOption.requireName(instance);
    KafkaSettings log = kafka.settings();
    MongoSettings mongo = tuning.apply(store.settings());
    Optional<TopicCatalogue> catalogue = partitions.catalogue();
    Optional<HttpAddress> address = health.address();
    Logs.toStderr();
    return process(new WorkerProcess.Settings(name, log, Stores.mongo(mongo), catalogue, address));
  }
}
