package im.linnet.records.mongo;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import im.linnet.records.Change;
import im.linnet.records.ChangeTopic;
import im.linnet.records.MemberDocument;
import im.linnet.records.RecordPlan;
import im.linnet.records.TopicState;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.document.LogPlace;
import im.linnet.schemas.document.TopicInfo;
import im.linnet.schemas.document.TopicMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonInt64;

/**
 * Applies facts to topics and their members: reads the documents that a plan is about, folds its
 * facts in their order, and writes the outcome. The offset of the last fact is the guard of each
 * document, so a repeat, and a writer that stood still meanwhile, leave it alone.
 */
final class TopicWriter implements ChangeWriter {
  private static final int AT_ONCE = 1_000;
  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  private final MongoCollection<TopicState> topics;
  private final MongoCollection<MemberDocument> members;

  TopicWriter(MongoTables tables) {
    topics = tables.collection(ViewCollection.TOPICS);
    members = tables.collection(ViewCollection.MEMBERS);
  }

  @Override
  public Class<? extends Change> kind() {
    return ChangeTopic.class;
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    List<ChangeTopic> changes = plan.of(ChangeTopic.class);
    if (!changes.isEmpty()) {
      writeMembers(session, changes);
      writeTopics(session, changes);
    }
  }

  private void writeMembers(ClientSession session, List<ChangeTopic> changes) {
    Set<String> ids = new LinkedHashSet<>();
    for (ChangeTopic change : changes) {
      change.members().forEach(user -> ids.add(TopicDocuments.id(change.topic(), user)));
    }
    Map<String, MemberDocument> before = new HashMap<>();
    for (MemberDocument each : read(session, members, ids)) {
      before.put(TopicDocuments.id(each.topic(), each.user()), each);
    }
    Map<String, MemberDocument> after = new LinkedHashMap<>();
    for (ChangeTopic change : changes) {
      for (String user : change.members()) {
        String id = TopicDocuments.id(change.topic(), user);
        MemberDocument known = after.getOrDefault(id, before.get(id));
        after.put(
            id, change.changed(known == null ? MemberDocument.none(change.topic(), user) : known));
      }
    }
    List<ReplaceOneModel<MemberDocument>> writes = new ArrayList<>();
    after.forEach(
        (id, now) -> {
          if (!now.spans().isEmpty() && !now.equals(before.get(id))) {
            writes.add(replacement(id, TopicMember.LAST_CHANGE, now.lastChange(), now));
          }
        });
    write(session, members, writes);
  }

  private void writeTopics(ClientSession session, List<ChangeTopic> changes) {
    Set<String> ids = new LinkedHashSet<>();
    changes.forEach(change -> ids.add(change.topic()));
    Map<String, TopicState> before = new HashMap<>();
    for (TopicState each : read(session, topics, ids)) {
      before.put(each.topic(), each);
    }
    Map<String, TopicState> after = new LinkedHashMap<>(before);
    for (ChangeTopic change : changes) {
      TopicState now =
          TopicState.apply(after.get(change.topic()), change.fact(), change.at(), change.time());
      if (now != null) {
        after.put(change.topic(), now);
      }
    }
    List<ReplaceOneModel<TopicState>> writes = new ArrayList<>();
    after.forEach(
        (topic, now) -> {
          if (!now.equals(before.get(topic))) {
            writes.add(
                replacement(
                    topic, TopicInfo.LOG + "." + LogPlace.OFFSET, now.last().offset(), now));
          }
        });
    write(session, topics, writes);
  }

  /** From the primary, which wrote them just now. */
  private static <T> List<T> read(
      ClientSession session, MongoCollection<T> collection, Set<String> ids) {
    List<T> found = new ArrayList<>();
    List<String> all = List.copyOf(ids);
    for (int i = 0; i < all.size(); i += AT_ONCE) {
      collection
          .withReadConcern(ReadConcern.LOCAL)
          .find(session, Bson.idIn(all.subList(i, Math.min(all.size(), i + AT_ONCE))))
          .into(found);
    }
    return found;
  }

  private static <T> ReplaceOneModel<T> replacement(
      String id, String guard, long offset, T document) {
    // So that a document matches which has no such field.
    BsonDocument older = new BsonDocument("$not", new BsonDocument("$gte", new BsonInt64(offset)));
    return new ReplaceOneModel<>(Bson.id(id).append(guard, older), document, UPSERT);
  }

  private static <T> void write(
      ClientSession session, MongoCollection<T> collection, List<ReplaceOneModel<T>> writes) {
    UpsertBulk.write(writes, some -> collection.bulkWrite(session, some, UpsertBulk.UNORDERED));
  }
}
