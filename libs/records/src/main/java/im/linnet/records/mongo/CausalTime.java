package im.linnet.records.mongo;

import com.mongodb.session.ClientSession;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonSerializationException;
import org.bson.BsonTimestamp;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session's place in MongoDB's causal order. A reader needs both: the operation time to wait for,
 * and the signed cluster time without which a server refuses to believe a time that it has not
 * reached.
 *
 * @param operation the operation time
 * @param cluster the {@code $clusterTime} document; null if the deployment sends none
 */
record CausalTime(BsonTimestamp operation, @Nullable BsonDocument cluster) {
  private static final String OPERATION = "o";
  private static final String CLUSTER = "c";

  /** The place of a session now; null if the server told no time. */
  static @Nullable CausalTime of(ClientSession session) {
    BsonTimestamp operation = session.getOperationTime();
    return operation == null ? null : new CausalTime(operation, session.getClusterTime());
  }

  /** As text without meaning to others: base64url of a BSON document. */
  String encode() {
    BsonDocument document = new BsonDocument(OPERATION, operation);
    if (cluster != null) {
      document.append(CLUSTER, cluster);
    }
    BasicOutputBuffer bytes = new BasicOutputBuffer(256);
    try (BsonBinaryWriter writer = new BsonBinaryWriter(bytes)) {
      new BsonDocumentCodec().encode(writer, document, EncoderContext.builder().build());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * The time of that text.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  static CausalTime decode(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    try (BsonBinaryReader reader = new BsonBinaryReader(bytes)) {
      BsonDocument document =
          new BsonDocumentCodec().decode(reader, DecoderContext.builder().build());
      if (!document.isTimestamp(OPERATION)) {
        throw new IllegalArgumentException("a store time without an operation time");
      }
      return new CausalTime(
          document.getTimestamp(OPERATION),
          document.isDocument(CLUSTER) ? document.getDocument(CLUSTER) : null);
    } catch (BsonSerializationException e) {
      throw new IllegalArgumentException("not a store time", e);
    }
  }
}
