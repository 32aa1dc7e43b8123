package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;
import im.linnet.records.SaveContact;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.document.ContactInfo;
import im.linnet.schemas.event.ContactEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** Writes the notes of users about each other: all changes of a contact in a plan by one update. */
final class ContactWriter implements ChangeWriter {
  private final MongoTables tables;

  ContactWriter(MongoTables tables) {
    this.tables = tables;
  }

  @Override
  public Class<? extends Change> kind() {
    return SaveContact.class;
  }

  /** The fields that a plan sets, and the offset of the last record that does. */
  private static final class Fields {
    private final BsonDocument initial;
    private final BsonDocument set = new BsonDocument();
    private long offset;

    Fields(ContactEvent event) {
      initial =
          new BsonDocument(ContactInfo.CLIENT_ID, new BsonString(event.owner()))
              .append(ContactInfo.USER_ID, new BsonString(event.user()))
              .append(ContactInfo.REMARK_NAME, new BsonString(""))
              .append(ContactInfo.LABELS, new BsonArray());
    }

    void add(SaveContact change) {
      ContactEvent event = change.event();
      offset = change.offset();
      String remark = event.remark();
      if (remark != null) {
        set.append(ContactInfo.REMARK_NAME, new BsonString(remark));
      }
      List<String> labels = event.labels();
      if (labels != null) {
        set.append(
            ContactInfo.LABELS, new BsonArray(labels.stream().map(BsonString::new).toList()));
      }
    }
  }

  @Override
  public void write(ClientSession session, RecordPlan plan) {
    Map<String, Fields> contacts = new LinkedHashMap<>();
    for (SaveContact change : plan.of(SaveContact.class)) {
      ContactEvent event = change.event();
      contacts
          .computeIfAbsent(
              ContactCodec.id(event.owner(), event.user()), contact -> new Fields(event))
          .add(change);
    }
    List<UpdateOneModel<BsonDocument>> updates = new ArrayList<>();
    contacts.forEach(
        (id, fields) ->
            updates.add(
                GuardedUpsert.of(
                    id, ContactInfo.LAST_CHANGE, fields.offset, fields.initial, fields.set)));
    MongoCollection<BsonDocument> documents =
        tables.collection(ViewCollection.CONTACTS).withDocumentClass(BsonDocument.class);
    UpsertBulk.write(updates, some -> documents.bulkWrite(session, some, UpsertBulk.UNORDERED));
  }
}
