package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.Change;
import im.linnet.records.InboxRecord;
import im.linnet.records.InsertInbox;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Inserts delivered records in bulk, unordered. One that is there already is a repeat, and must be
 * the same record.
 */
final class InboxWriter implements ChangeWriter {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoTables tables;

  InboxWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return InsertInbox.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    insert(session, plan.of(InsertInbox.class).stream().map(InsertInbox::record).toList());
  }

  void insert(ClientSession session, List<InboxRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    try {
      tables.inbox().insertMany(session, records, UNORDERED);
    } catch (MongoBulkWriteException e) {
      compare(session, KnownKeys.of(records, e));
    }
  }

  private void compare(ClientSession session, List<InboxRecord> repeated) {
    Map<String, InboxRecord> stored = HashMap.newHashMap(repeated.size());
    tables
        .inbox()
        .withReadConcern(ReadConcern.LOCAL)
        .find(session, Bson.idIn(repeated.stream().map(InboxId::of).toList()))
        .forEach(record -> stored.put(InboxId.of(record), record));
    for (InboxRecord record : repeated) {
      InboxRecord known = stored.get(InboxId.of(record));
      if (known == null) {
        throw new StoreUnavailableException(
            "a record that was there is gone: it was removed or rolled back in this moment");
      }
      if (known.time() != record.time() || !Arrays.equals(known.value(), record.value())) {
        throw new StoreUnusableException(
            "the view holds another record at "
                + record.stream().topic()
                + "-"
                + record.partition()
                + "@"
                + record.offset()
                + " than the log: one of the two was replaced; drop the database and start again,"
                + " or give the right log");
      }
    }
  }
}
