package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.InsertManyOptions;
import im.linnet.records.Change;
import im.linnet.records.InsertRequest;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoredRequest;
import java.util.List;

/** Inserts friend requests. One that is there already is a repeat, and stays as it is. */
final class RequestWriter implements ChangeWriter {
  private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

  private final MongoTables tables;

  RequestWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return InsertRequest.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<StoredRequest> requests =
        plan.of(InsertRequest.class).stream().map(InsertRequest::request).toList();
    if (requests.isEmpty()) {
      return;
    }
    try {
      tables.requests().insertMany(session, requests, UNORDERED);
    } catch (MongoBulkWriteException e) {
      var unused = KnownKeys.of(requests, e);
    }
  }
}
