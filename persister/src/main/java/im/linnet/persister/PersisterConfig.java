package im.linnet.persister;

import im.linnet.schemas.TopicCatalogue;
import im.linnet.settings.Setting;
import im.linnet.settings.SettingException;
import im.linnet.settings.Settings;
import java.time.Duration;

/**
 * The settings of a persister.
 *
 * @param instance names this persister, unique among those of one Kafka: its client id and its key
 *     in {@code im.applied.v1}
 * @param group the consumer group whose members share the partitions; only persisters of one view
 *     may share a group
 * @param catalogue the partition counts of the topics; another count in Kafka stops the start
 */
public record PersisterConfig(
    String instance,
    String group,
    TopicCatalogue catalogue,
    @Setting(
            flag = "--apply-batch",
            value = "2000",
            least = "1",
            most = "100000",
            doc = "The most records of the log in one write to the view.")
        int batchRecords,
    @Setting(
            flag = "--apply-delay",
            value = "20ms",
            least = "0ms",
            most = "1s",
            doc =
                "How long the records for a write to the view are gathered: each write is expensive,"
                    + " whatever its size. A large batch is written at once.")
        Duration applyDelay,
    @Setting(
            flag = "--lag-period",
            value = "5s",
            least = "10ms",
            most = "1h",
            doc = "How often the log's ends are asked for the metric of the lag.")
        Duration lagPeriod,
    @Setting(
            flag = "--topic-members",
            value = "20000",
            least = "2",
            most = "100000",
            doc = "The most members of one topic.")
        int topicMembers) {
  /** The default settings. */
  public static final PersisterConfig DEFAULT =
      Settings.defaults(
          PersisterConfig.class, "persister-1", Persister.GROUP, TopicCatalogue.DEFAULT);

  public PersisterConfig {
    Settings.check(
        PersisterConfig.class,
        instance,
        group,
        catalogue,
        batchRecords,
        applyDelay,
        lagPeriod,
        topicMembers);
    SettingException.requireText(instance, "--instance");
    if (group.isBlank()) {
      throw new IllegalArgumentException("a persister needs a group");
    }
  }

  /** This persister with another name. */
  public PersisterConfig withInstance(String name) {
    return new PersisterConfig(
        name, group, catalogue, batchRecords, applyDelay, lagPeriod, topicMembers);
  }

  /**
   * This persister in a group of its own, named after the instance. For a view with one writer,
   * whose persister must read every partition itself.
   */
  public PersisterConfig alone() {
    return new PersisterConfig(
        instance,
        Persister.GROUP + "-" + instance,
        catalogue,
        batchRecords,
        applyDelay,
        lagPeriod,
        topicMembers);
  }

  /** This persister with other partition counts. */
  public PersisterConfig withCatalogue(TopicCatalogue counts) {
    return new PersisterConfig(
        instance, group, counts, batchRecords, applyDelay, lagPeriod, topicMembers);
  }
}
