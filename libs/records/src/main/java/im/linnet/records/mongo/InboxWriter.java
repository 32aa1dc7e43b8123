package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.Change;
import im.linnet.records.InboxRecord;
import im.linnet.records.InsertInbox;
import im.linnet.records.RecordPlan;
import im.linnet.schemas.document.Inbox;
import java.util.Arrays;
import java.util.function.Function;
import org.bson.BsonDocument;

/** Inserts delivered records that are no messages. */
final class InboxWriter implements ChangeWriter {
  private final BulkInsert<InboxRecord> inbox;

  InboxWriter(MongoTables tables) {
    inbox = new BulkInsert<>(tables.inbox(), InboxId::of, Function.identity(), InboxWriter::isSame);
  }

  @Override
  public Class<? extends Change> kind() {
    return InsertInbox.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    inbox.insert(session, plan.of(InsertInbox.class).stream().map(InsertInbox::record).toList());
  }

  /** A text in it may have been blanked since. */
  private static boolean isSame(BsonDocument stored, InboxRecord record) {
    return stored.getInt64(Inbox.TIME).getValue() == record.time()
        && (stored.containsKey(Inbox.LAST_CHANGE)
            || Arrays.equals(stored.getBinary(Inbox.VALUE).getData(), record.value()));
  }
}
