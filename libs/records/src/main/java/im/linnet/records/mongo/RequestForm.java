package im.linnet.records.mongo;

import im.linnet.records.RequestStatus;
import im.linnet.records.StoredRequest;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.FriendRequest;
import im.linnet.schemas.document.LogPlace;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** How a friend request lies in {@code friend_request}: in the order of its owner's facts. */
final class RequestForm {
  static final String LOG_OFFSET = FriendRequest.LOG + "." + LogPlace.OFFSET;

  private RequestForm() {}

  static String id(StoredRequest request) {
    return LogId.of(request.owner(), request.at().offset());
  }

  /** The requests of one user to another in an owner's list. */
  static BsonDocument ofPair(String owner, String asker, String asked) {
    return new BsonDocument(FriendRequest.OWNER, new BsonString(owner))
        .append(FriendRequest.REQ_USER_ID, new BsonString(asker))
        .append(FriendRequest.USER_ID, new BsonString(asked));
  }

  static BsonDocument tree(StoredRequest request) {
    BsonDocument tree = Bson.id(id(request));
    tree.putAll(ofPair(request.owner(), request.reqUser(), request.user()));
    tree.append(FriendRequest.REQ_MESSAGE, new BsonString(request.message()))
        .append(FriendRequest.STATUS, new BsonInt32(request.status().number()))
        .append(FriendRequest.TIME, new BsonInt64(request.timeSeconds()))
        .append(FriendRequest.UUID, new BsonString(request.uuid()))
        .append(FriendRequest.LOG, place(request.at(), request.time()));
    if (request.answeredAt() >= 0) {
      tree.append(FriendRequest.LAST_CHANGE, new BsonInt64(request.answeredAt()));
    }
    return tree;
  }

  /** The {@code Log} of a document. */
  static BsonDocument place(Position at, long time) {
    return new BsonDocument(LogPlace.PARTITION, new BsonInt32(at.place().partition()))
        .append(LogPlace.OFFSET, new BsonInt64(at.offset()))
        .append(LogPlace.TIMESTAMP, new BsonInt64(time));
  }

  static StoredRequest ofTree(BsonDocument tree) {
    BsonDocument log = tree.getDocument(FriendRequest.LOG);
    return new StoredRequest(
        tree.getString(FriendRequest.OWNER).getValue(),
        tree.getString(FriendRequest.REQ_USER_ID).getValue(),
        tree.getString(FriendRequest.USER_ID).getValue(),
        tree.getString(FriendRequest.REQ_MESSAGE).getValue(),
        RequestStatus.of(tree.getInt32(FriendRequest.STATUS).getValue()),
        tree.getString(FriendRequest.UUID).getValue(),
        new Position(
            Stream.MUTUAL,
            log.getInt32(LogPlace.PARTITION).getValue(),
            log.getInt64(LogPlace.OFFSET).getValue()),
        log.getInt64(LogPlace.TIMESTAMP).getValue(),
        tree.getInt64(FriendRequest.LAST_CHANGE, new BsonInt64(-1)).getValue());
  }
}
