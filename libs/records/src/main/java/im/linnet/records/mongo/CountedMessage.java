package im.linnet.records.mongo;

import im.linnet.records.StoredMessage;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.RecordMessage;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonString;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * A message of a topic with the number of names in {@code IsRead} instead of the names.
 *
 * @param stored the message
 * @param names how many names {@code IsRead} holds, the sender's among them
 */
record CountedMessage(StoredMessage stored, int names) {
  /** Counts the names where they lie. */
  private static final BsonDocument COUNTED =
      new BsonDocument(
          "$set",
          new BsonDocument(
              RecordMessage.IS_READ,
              new BsonDocument("$size", new BsonString("$" + RecordMessage.IS_READ))));

  /** The stages that find such messages; {@link #COUNTED} comes last, so it counts few. */
  static List<BsonDocument> pipeline(BsonDocument... stages) {
    List<BsonDocument> pipeline = new ArrayList<>(List.of(stages));
    pipeline.add(COUNTED);
    return pipeline;
  }

  /** Reads them. */
  static final Codec<CountedMessage> CODEC =
      new Codec<>() {
        @Override
        public Class<CountedMessage> getEncoderClass() {
          return CountedMessage.class;
        }

        @Override
        public void encode(BsonWriter writer, CountedMessage message, EncoderContext context) {
          throw new UnsupportedOperationException("the view holds names, not their number");
        }

        @Override
        public CountedMessage decode(BsonReader reader, DecoderContext context) {
          MessageFields fields = MessageFields.read(Stream.TOPIC, reader);
          return new CountedMessage(fields.stored(), fields.names());
        }
      };
}
