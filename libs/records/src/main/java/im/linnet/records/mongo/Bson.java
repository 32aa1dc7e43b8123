package im.linnet.records.mongo;

import im.linnet.schemas.Stream;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** The pieces that queries are made of. */
final class Bson {
  private Bson() {}

  static BsonDocument id(String id) {
    return new BsonDocument("_id", new BsonString(id));
  }

  static BsonDocument idIn(Collection<String> ids) {
    return new BsonDocument("_id", in(ids));
  }

  static BsonDocument in(Collection<String> values) {
    List<BsonString> strings = new ArrayList<>(values.size());
    values.forEach(value -> strings.add(new BsonString(value)));
    return new BsonDocument("$in", new BsonArray(strings));
  }

  static BsonDocument to(String user) {
    return new BsonDocument(RecordMessage.TO_ID, new BsonString(user));
  }

  static BsonDocument conversation(String to, String from) {
    return to(to).append(RecordMessage.FROM_ID, new BsonString(from));
  }

  /**
   * Messages of an identity.
   *
   * @param uuid one, or a condition on it
   */
  static BsonDocument identity(String to, String from, BsonValue uuid) {
    return to(to)
        .append(RecordMessage.UUID, uuid)
        .append(RecordMessage.FROM_ID, new BsonString(from));
  }

  /** Adds {@code IsRead: false}: MongoDB uses the partial index only with it. */
  static BsonDocument unread(BsonDocument filter) {
    return filter.append(RecordMessage.IS_READ, BsonBoolean.FALSE);
  }

  static BsonDocument less(long bound) {
    return new BsonDocument("$lt", new BsonInt64(bound));
  }

  /**
   * A projection without the names in {@code IsRead} of topics' messages; null for other streams.
   */
  static @Nullable BsonDocument withoutReaders(Stream stream) {
    return stream == Stream.TOPIC ? MongoForm.WITHOUT_READERS : null;
  }

  /** Between two bounds, both exclusive. */
  static BsonDocument between(long above, long below) {
    return less(below).append("$gt", new BsonInt64(above));
  }
}
