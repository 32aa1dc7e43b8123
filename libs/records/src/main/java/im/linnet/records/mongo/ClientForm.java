package im.linnet.records.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.MergeOptions;
import com.mongodb.client.model.UpdateOneModel;
import im.linnet.records.Circle;
import im.linnet.records.ClientDocument;
import im.linnet.records.Relations;
import im.linnet.records.StoredProfile;
import im.linnet.schemas.document.ClientInfo;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The part of {@code client_info} that the applier keeps. The presence-tracker has fields of its
 * own in the same documents; so a rebuild puts its fields into the documents that are there.
 */
final class ClientForm {
  /** The fields that are the applier's, beside {@code Friends}, which each document has. */
  private static final List<String> OWN =
      List.of(
          ClientInfo.BLOCKED,
          ClientInfo.BLOCKED_BY,
          ClientInfo.RELATION_GUARD,
          ClientInfo.NICKNAME,
          ClientInfo.AVATAR,
          ClientInfo.PROFILE_GUARD);

  /** The fields of which a document with something of the applier's has at least one. */
  private static final List<String> GUARDS =
      List.of(ClientInfo.RELATION_GUARD, ClientInfo.PROFILE_GUARD);

  private static final String FOUND = "found";
  private static final BsonString NO_TEXT = new BsonString("");

  private ClientForm() {}

  /** The name of a circle's field. */
  static String field(Circle circle) {
    return switch (circle) {
      case FRIENDS -> ClientInfo.FRIENDS;
      case BLOCKED -> ClientInfo.BLOCKED;
      case BLOCKED_BY -> ClientInfo.BLOCKED_BY;
    };
  }

  /** The fields that each new document has from the start. */
  static BsonDocument first(String user) {
    return new BsonDocument(ClientInfo.CLIENT_ID, new BsonString(user))
        .append(ClientInfo.FRIENDS, new BsonArray());
  }

  /** A user who never had a session; the given fields are there all the same. */
  static BsonDocument absent(String user) {
    return first(user)
        .append(ClientInfo.CLIENT_ADDR, new BsonString(""))
        .append(ClientInfo.MSG_SERVER_ADDR, new BsonString(""))
        .append(ClientInfo.ALIVE, BsonBoolean.FALSE);
  }

  static BsonDocument tree(ClientDocument document) {
    BsonDocument tree = Bson.id(document.user());
    tree.putAll(first(document.user()));
    for (Circle circle : Circle.values()) {
      SortedSet<String> users = document.relations().of(circle);
      if (!users.isEmpty()) {
        tree.append(field(circle), new BsonArray(users.stream().map(BsonString::new).toList()));
      }
    }
    return tree.append(ClientInfo.RELATION_GUARD, new BsonInt64(document.relationGuard()))
        .append(ClientInfo.NICKNAME, new BsonString(document.profile().nickname()))
        .append(ClientInfo.AVATAR, new BsonString(document.profile().avatar()))
        .append(ClientInfo.PROFILE_GUARD, new BsonInt64(document.profile().revision()));
  }

  static ClientDocument ofTree(BsonDocument tree) {
    Map<Circle, SortedSet<String>> circles = new EnumMap<>(Circle.class);
    for (Circle circle : Circle.values()) {
      SortedSet<String> users = new TreeSet<>();
      for (BsonValue user : tree.getArray(field(circle), new BsonArray())) {
        users.add(user.asString().getValue());
      }
      circles.put(circle, users);
    }
    return new ClientDocument(
        tree.getString(ClientInfo.CLIENT_ID).getValue(),
        new Relations(circles),
        tree.getInt64(ClientInfo.RELATION_GUARD, new BsonInt64(-1)).getValue(),
        profile(tree));
  }

  static StoredProfile profile(BsonDocument tree) {
    return new StoredProfile(
        tree.getString(ClientInfo.CLIENT_ID).getValue(),
        tree.getString(ClientInfo.NICKNAME, NO_TEXT).getValue(),
        tree.getString(ClientInfo.AVATAR, NO_TEXT).getValue(),
        tree.getInt64(ClientInfo.PROFILE_GUARD, new BsonInt64(-1)).getValue());
  }

  /**
   * Puts the applier's fields of one collection into the documents of another, and takes them off
   * the others there.
   */
  static void merge(MongoCollection<BsonDocument> built, MongoCollection<BsonDocument> live) {
    BsonDocument fields =
        new BsonDocument(ClientInfo.FRIENDS, new BsonString("$$new." + ClientInfo.FRIENDS));
    OWN.forEach(field -> fields.append(field, new BsonString("$$new." + field)));
    built
        .aggregate(
            List.of(
                Aggregates.merge(
                    live.getNamespace(),
                    new MergeOptions()
                        .whenMatched(MergeOptions.WhenMatched.PIPELINE)
                        .whenMatchedPipeline(List.of(new BsonDocument("$set", fields)))
                        .whenNotMatched(MergeOptions.WhenNotMatched.INSERT))))
        .toCollection();
    List<UpdateOneModel<BsonDocument>> cleared = new ArrayList<>();
    live.aggregate(List.of(withGuard(), lookUp(built), without()))
        .forEach(
            document ->
                cleared.add(
                    new UpdateOneModel<>(
                        new BsonDocument("_id", document.get("_id")), clearing())));
    if (!cleared.isEmpty()) {
      live.bulkWrite(cleared);
    }
  }

  private static BsonDocument withGuard() {
    BsonArray any = new BsonArray();
    GUARDS.forEach(
        guard -> any.add(new BsonDocument(guard, new BsonDocument("$exists", BsonBoolean.TRUE))));
    return new BsonDocument("$match", new BsonDocument("$or", any));
  }

  private static BsonDocument lookUp(MongoCollection<BsonDocument> built) {
    BsonString id = new BsonString("_id");
    return new BsonDocument(
        "$lookup",
        new BsonDocument("from", new BsonString(built.getNamespace().getCollectionName()))
            .append("localField", id)
            .append("foreignField", id)
            .append("as", new BsonString(FOUND)));
  }

  private static BsonDocument without() {
    return new BsonDocument("$match", new BsonDocument(FOUND, new BsonArray()));
  }

  private static BsonDocument clearing() {
    BsonDocument gone = new BsonDocument();
    OWN.forEach(field -> gone.append(field, BsonBoolean.TRUE));
    return new BsonDocument("$set", new BsonDocument(ClientInfo.FRIENDS, new BsonArray()))
        .append("$unset", gone);
  }
}
