package im.linnet.persister;

import im.linnet.schemas.TopicCatalogue;
import java.time.Duration;

/**
 * How a persister behaves.
 *
 * @param instance names this persister, unique among those of one Kafka: its client id and its key
 *     in {@code im.applied.v1}. Default {@code persister-1}
 * @param group the consumer group whose members share the partitions out; only persisters of one
 *     view may share a group. Default {@value Persister#GROUP}
 * @param catalogue how many partitions the topics have; another count in Kafka stops the start.
 *     Default 64 each
 * @param batchRecords the most records in one write to the store. Default 2,000
 * @param lagPeriod how often the log's ends are asked for the lag metrics. Default 5 s
 */
public record PersisterConfig(
    String instance, String group, TopicCatalogue catalogue, int batchRecords, Duration lagPeriod) {
  /** What a persister has unless configured otherwise. */
  public static final PersisterConfig DEFAULT =
      new PersisterConfig(
          "persister-1", Persister.GROUP, TopicCatalogue.DEFAULT, 2_000, Duration.ofSeconds(5));

  public PersisterConfig {
    if (instance.isBlank()) {
      throw new IllegalArgumentException("persister.instance: is empty");
    }
    if (group.isBlank()) {
      throw new IllegalArgumentException("persister.group: is empty");
    }
    if (batchRecords < 1) {
      throw new IllegalArgumentException(
          "persister.batchRecords: " + batchRecords + " is not above 0");
    }
    if (lagPeriod.isZero() || lagPeriod.isNegative()) {
      throw new IllegalArgumentException("persister.lagPeriod: " + lagPeriod + " is not above 0");
    }
  }

  /** The same with another name. */
  public PersisterConfig withInstance(String name) {
    return new PersisterConfig(name, group, catalogue, batchRecords, lagPeriod);
  }

  /**
   * The same in a group of its own, named after the instance: for a view that nobody else writes
   * to, whose persister has to read every partition itself.
   */
  public PersisterConfig alone() {
    return new PersisterConfig(
        instance, Persister.GROUP + "-" + instance, catalogue, batchRecords, lagPeriod);
  }

  /** The same with other partition counts. */
  public PersisterConfig withCatalogue(TopicCatalogue counts) {
    return new PersisterConfig(instance, group, counts, batchRecords, lagPeriod);
  }
}
