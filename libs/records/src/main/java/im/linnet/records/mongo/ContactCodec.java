package im.linnet.records.mongo;

import im.linnet.records.StoredContact;
import im.linnet.schemas.document.ContactInfo;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Writes and reads contacts. Safe on any thread. */
final class ContactCodec implements Codec<StoredContact> {
  /** Its {@code _id}; names hold no slash. */
  static String id(String owner, String user) {
    return owner + "/" + user;
  }

  @Override
  public Class<StoredContact> getEncoderClass() {
    return StoredContact.class;
  }

  @Override
  public void encode(BsonWriter writer, StoredContact contact, EncoderContext context) {
    writer.writeStartDocument();
    writer.writeString("_id", id(contact.owner(), contact.user()));
    writer.writeString(ContactInfo.CLIENT_ID, contact.owner());
    writer.writeString(ContactInfo.USER_ID, contact.user());
    writer.writeString(ContactInfo.REMARK_NAME, contact.remark());
    writer.writeStartArray(ContactInfo.LABELS);
    contact.labels().forEach(writer::writeString);
    writer.writeEndArray();
    writer.writeInt64(ContactInfo.LAST_CHANGE, contact.revision());
    writer.writeEndDocument();
  }

  @Override
  public StoredContact decode(BsonReader reader, DecoderContext context) {
    String owner = "";
    String user = "";
    String remark = "";
    List<String> labels = List.of();
    long revision = -1;
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case ContactInfo.CLIENT_ID -> owner = reader.readString();
        case ContactInfo.USER_ID -> user = reader.readString();
        case ContactInfo.REMARK_NAME -> remark = reader.readString();
        case ContactInfo.LABELS -> labels = labels(reader);
        case ContactInfo.LAST_CHANGE -> revision = reader.readInt64();
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return new StoredContact(owner, user, remark, labels, revision);
  }

  private static List<String> labels(BsonReader reader) {
    List<String> labels = new ArrayList<>();
    reader.readStartArray();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      labels.add(reader.readString());
    }
    reader.readEndArray();
    return labels;
  }
}
