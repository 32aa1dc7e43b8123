package im.linnet.cli;

import im.linnet.records.memory.InMemoryRecordStore;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.settings.SettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of a view, from their settings. */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private Stores() {}

  /**
   * A view in MongoDB, not opened yet.
   *
   * @throws SettingException if the text is no URI
   */
  static MongoRecordStore mongo(MongoSettings settings) {
    try {
      return new MongoRecordStore(settings);
    } catch (RuntimeException e) {
      LOG.debug("no MongoDB URI", e);
      throw new SettingException(
          "the MongoDB URI cannot be used",
          "--mongodb",
          "give one such as mongodb://127.0.0.1:27017/linnet?replicaSet=rs0");
    }
  }

  /**
   * A view in memory.
   *
   * @throws SettingException if the bound is below 1
   */
  static InMemoryRecordStore memory(int records) {
    if (records < 1) {
      throw new SettingException(records + " records", "--view-records", "give 1 or more");
    }
    return new InMemoryRecordStore(records);
  }
}
