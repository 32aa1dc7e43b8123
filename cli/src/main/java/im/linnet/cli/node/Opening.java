package im.linnet.cli.node;

import im.linnet.log.KafkaSettings;
import im.linnet.log.topics.TopicAdmin;
import im.linnet.records.RecordStore;
import im.linnet.schemas.TopicCatalogue;
import java.util.Optional;

/** The first step of a separate process: it finds the log, its topics and its view. */
final class Opening {
  private Opening() {}

  /**
   * Opens the view of the log. Blocks. It waits for a while for Kafka, the topics and the store.
   *
   * @param given the partition counts that the operator named
   * @return the partition counts to use
   * @throws im.linnet.log.LogUnavailableException if Kafka has not answered in time
   * @throws im.linnet.log.topics.TopicMismatchException if topics are missing or do not match
   * @throws im.linnet.records.StoreUnavailableException if the store has not answered in time
   * @throws im.linnet.records.StoreUnusableException if the store is of another log, or unfit
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
