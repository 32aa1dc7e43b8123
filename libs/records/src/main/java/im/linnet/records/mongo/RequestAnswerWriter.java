package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import im.linnet.records.AnswerRequest;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;
import im.linnet.records.StoredRequest;
import im.linnet.schemas.document.FriendRequest;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

/**
 * Answers friend requests, one after the other: answers are few. The offset of the last answer is a
 * request's guard.
 */
final class RequestAnswerWriter implements ChangeWriter {
  private final MongoTables tables;

  RequestAnswerWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return AnswerRequest.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    plan.of(AnswerRequest.class).forEach(answer -> write(session, answer));
  }

  private void write(ClientSession session, AnswerRequest answer) {
    StoredRequest newest =
        tables
            .requests()
            .withReadConcern(ReadConcern.LOCAL)
            .find(
                session,
                RequestForm.ofPair(answer.owner(), answer.reqUser(), answer.user())
                    .append(RequestForm.LOG_OFFSET, Bson.less(answer.offset())))
            .sort(new BsonDocument(RequestForm.LOG_OFFSET, new BsonInt32(-1)))
            .first();
    if (newest == null || newest.answeredAt() >= answer.offset()) {
      return;
    }
    BsonInt64 offset = new BsonInt64(answer.offset());
    tables
        .requests()
        .updateOne(
            session,
            Bson.id(RequestForm.id(newest))
                .append(
                    FriendRequest.LAST_CHANGE,
                    new BsonDocument("$not", new BsonDocument("$gte", offset))),
            new BsonDocument(
                "$set",
                new BsonDocument(FriendRequest.STATUS, new BsonInt32(answer.status().number()))
                    .append(FriendRequest.LAST_CHANGE, offset)));
  }
}
