package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.Digest;
import im.linnet.records.Digest.CollectionDigest;
import im.linnet.records.DigestSum;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.Inbox;
import im.linnet.schemas.document.RecordMessage;
import java.util.HashMap;
import java.util.Map;

/** Streams each collection through a {@link DigestSum}, in the order that it lies in. */
final class MongoDigest {
  private static final int PAGE = 1_000;

  private MongoDigest() {}

  static Digest of(ClientSession session, MongoTables tables) {
    Map<String, CollectionDigest> digests = new HashMap<>();
    for (Stream stream : MongoTables.MESSAGE_STREAMS) {
      DigestSum sum = new DigestSum();
      tables
          .messages(stream)
          .find(session)
          .batchSize(PAGE)
          .forEach(document -> sum.add(document.stored(), document.timeSeconds()));
      digests.put(RecordMessage.collection(stream), sum.result());
    }
    DigestSum inbox = new DigestSum();
    tables.inbox().find(session).batchSize(PAGE).forEach(inbox::add);
    digests.put(Inbox.COLLECTION, inbox.result());
    return Digest.of(digests);
  }
}
