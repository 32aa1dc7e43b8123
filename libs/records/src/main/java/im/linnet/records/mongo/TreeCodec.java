package im.linnet.records.mongo;

import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

/**
 * A codec by way of a tree, for documents that are few beside messages. Safe on any thread.
 *
 * @param type a document's class
 * @param encoder its tree
 * @param decoder the document of a tree
 */
record TreeCodec<T>(
    Class<T> type, Function<T, BsonDocument> encoder, Function<BsonDocument, T> decoder)
    implements Codec<T> {
  private static final BsonDocumentCodec TREES = new BsonDocumentCodec();

  @Override
  public Class<T> getEncoderClass() {
    return type;
  }

  @Override
  public void encode(BsonWriter writer, T document, EncoderContext context) {
    TREES.encode(writer, encoder.apply(document), context);
  }

  @Override
  public T decode(BsonReader reader, DecoderContext context) {
    return decoder.apply(TREES.decode(reader, context));
  }
}
