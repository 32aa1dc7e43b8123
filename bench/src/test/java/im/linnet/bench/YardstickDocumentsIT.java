package im.linnet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.InboxRecord;
import im.linnet.records.StoredMessage;
import im.linnet.records.mongo.MongoRecordStore;
import im.linnet.records.mongo.MongoSettings;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.testkit.MongoServer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the yardstick inserts is what the persister would: the store reads it as its own. */
@Tag(MongoServer.TAG)
class YardstickDocumentsIT {
  private static final long TIME = 1_763_755_200_123L;

  private final MessageEvent message =
      new MessageEvent(Stream.P2P, "u-1", "aa", "bb", "text", "Hello");
  private final byte[] value = InboxEventCodec.encode(message);

  @Test
  void theStoreFindsThem() {
    MongoServer server = MongoServer.shared();
    String uri = uri(server.uri(), server.freshDatabase());
    try (YardstickDocuments documents = new YardstickDocuments(uri);
        MongoRecordStore store = new MongoRecordStore(MongoSettings.of(uri))) {
      store.open("yardstick");
      documents.insert(List.of(record()));
      assertThat(store.find(Stream.P2P, "bb", "u-1", "aa"))
          .isEqualTo(new StoredMessage(message, new Position(Stream.P2P, 3, 812), TIME, false));
      assertThat(store.unread("bb").p2p()).hasSize(1);
      List<InboxRecord> inbox = store.delivered(Stream.P2P, "bb", 811, 813, 10);
      assertThat(inbox).hasSize(1);
      assertThat(inbox.getFirst().partition()).isEqualTo(3);
      assertThat(inbox.getFirst().offset()).isEqualTo(812);
      assertThat(inbox.getFirst().time()).isEqualTo(TIME);
      assertThat(inbox.getFirst().value()).isEqualTo(value);
    }
  }

  private ConsumerRecord<String, byte[]> record() {
    return new ConsumerRecord<>(
        "bench.yardstick",
        3,
        812,
        TIME,
        TimestampType.LOG_APPEND_TIME,
        2,
        value.length,
        "bb",
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static String uri(String server, String database) {
    int query = server.indexOf('?');
    String address = query < 0 ? server : server.substring(0, query);
    String options = query < 0 ? "" : server.substring(query);
    return (address.endsWith("/") ? address : address + "/") + database + options;
  }
}
