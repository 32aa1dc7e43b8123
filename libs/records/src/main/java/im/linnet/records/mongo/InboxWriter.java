package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.InboxRecord;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.schemas.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Inserts delivered records in bulk, unordered. One that is there already is a repeat, and must be
 * the same record.
 */
final class InboxWriter {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoTables tables;

  InboxWriter(MongoTables tables) {
    this.tables = tables;
  }

  void insert(ClientSession session, List<InboxRecord> delivered, Set<Position> duplicates) {
    List<InboxRecord> records = delivered;
    if (!duplicates.isEmpty()) {
      records = new ArrayList<>(delivered.size());
      for (InboxRecord record : delivered) {
        Position at = new Position(record.stream(), record.partition(), record.offset());
        if (!duplicates.contains(at)) {
          records.add(record);
        }
      }
    }
    if (records.isEmpty()) {
      return;
    }
    try {
      tables.inbox().insertMany(session, records, UNORDERED);
    } catch (MongoBulkWriteException e) {
      compare(session, MessageWriter.duplicatesOf(records, e));
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
