package im.linnet.cli;

import im.linnet.cli.config.ConfigException;
import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes stores from settings. */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private Stores() {}

  /**
   * A view in MongoDB, not opened yet.
   *
   * @throws ConfigException if the URI is none
   */
  static MongoRecordStore mongo(MongoSettings settings) {
    try {
      return new MongoRecordStore(settings);
    } catch (RuntimeException e) {
      LOG.debug("no MongoDB URI", e);
      throw new ConfigException(
          "the MongoDB URI cannot be used",
          "--mongodb",
          "give one such as mongodb://127.0.0.1:27017/linnet?replicaSet=rs0");
    }
  }

  /**
   * A view in memory.
   *
   * @throws ConfigException if the bound is none
   */
  static InMemoryRecordStore memory(int records) {
    if (records < 1) {
      throw new ConfigException(records + " records", "--view-records", "give 1 or more");
    }
    return new InMemoryRecordStore(records);
  }
}
