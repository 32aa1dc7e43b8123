package im.linnet.records.mongo;

import im.linnet.records.ConversationHour;
import im.linnet.schemas.document.ChatList;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/** Writes and reads the directions of conversations. Safe on any thread. */
final class ConversationCodec implements Codec<ConversationHour> {
  /** Its {@code _id}; names hold no slash. */
  static String id(ConversationHour conversation) {
    return conversation.owner() + "/" + conversation.peer() + "/" + direction(conversation);
  }

  static String direction(ConversationHour conversation) {
    return conversation.sent() ? ChatList.OUT : ChatList.IN;
  }

  @Override
  public Class<ConversationHour> getEncoderClass() {
    return ConversationHour.class;
  }

  @Override
  public void encode(BsonWriter writer, ConversationHour conversation, EncoderContext context) {
    writer.writeStartDocument();
    writer.writeString("_id", id(conversation));
    writer.writeString(ChatList.OWNER, conversation.owner());
    writer.writeString(ChatList.PEER, conversation.peer());
    writer.writeString(ChatList.DIRECTION, direction(conversation));
    writer.writeInt64(ChatList.HOUR, conversation.hour());
    writer.writeEndDocument();
  }

  @Override
  public ConversationHour decode(BsonReader reader, DecoderContext context) {
    String owner = "";
    String peer = "";
    boolean sent = false;
    long hour = 0;
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      switch (reader.readName()) {
        case ChatList.OWNER -> owner = reader.readString();
        case ChatList.PEER -> peer = reader.readString();
        case ChatList.DIRECTION -> sent = reader.readString().equals(ChatList.OUT);
        case ChatList.HOUR -> hour = reader.readInt64();
        default -> reader.skipValue();
      }
    }
    reader.readEndDocument();
    return new ConversationHour(owner, peer, sent, hour);
  }
}
