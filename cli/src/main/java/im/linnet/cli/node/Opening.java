package im.linnet.cli.node;

import im.linnet.log.KafkaSettings;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import java.util.Optional;

/** What a process of its own does first: it finds the log, its topics and the view of it. */
final class Opening {
  private Opening() {}

  /**
   * Opens the view of the log that Kafka holds. Blocks, for a while also where Kafka, the topics or
   * the store are still to come.
   *
   * @param given the partition counts that the operator named
   * @return the partition counts to go by
   * @throws im.linnet.log.LogUnavailableException if Kafka has not answered in time
   * @throws im.linnet.log.topics.TopicMismatchException if topics are missing or do not match
   * @throws im.linnet.records.StoreUnavailableException if the store has not answered in time
   * @throws im.linnet.records.StoreUnusableException if the store is of another log, or none for
   *     this
   */
  static TopicCatalogue open(
      KafkaSettings kafka, RecordStore store, Optional<TopicCatalogue> given) {
    try (TopicAdmin admin = FirstContact.with(() -> TopicAdmin.open(kafka))) {
      String log = FirstContact.with(admin::clusterId);
      TopicCatalogue catalogue = FirstContact.catalogue(admin, given);
      FirstContact.with(() -> store.open(log));
      return catalogue;
    }
  }
}
