package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import im.linnet.records.TestLog;
import im.linnet.schemas.Stream;
import im.linnet.testkit.MongoServer;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader asks to see at least what it was told of. */
@Tag(MongoServer.TAG)
class CausalReadsIT {
  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());
  private final TestLog log = new TestLog();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aReadWaitsForTheTimeThatWasHandedIn() {
    try (MongoRecordStore writer = fixture.store();
        MongoRecordStore reader = fixture.store()) {
      writer.open("log");
      reader.open("log");
      String time = Objects.requireNonNull(writer.apply(TestLog.plan(log.p2p("aa", "bb", "m"))));
      reader.advance(time);
      fixture.database().runCommand(new BsonDocument("profile", new BsonInt32(2)));

      assertThat(reader.find(Stream.P2P, "bb", "m", "aa")).isNotNull();

      fixture.database().runCommand(new BsonDocument("profile", new BsonInt32(0)));
      BsonDocument asked = readConcern("p2p_record_message");
      assertThat(asked.getString("level").getValue()).isEqualTo("majority");
      assertThat(asked.getTimestamp("afterClusterTime"))
          .isGreaterThanOrEqualTo(CausalTime.decode(time).operation());
    }
  }

  private BsonDocument readConcern(String collection) {
    BsonDocument entry =
        Objects.requireNonNull(
            fixture
                .database()
                .getCollection("system.profile", BsonDocument.class)
                .find(BsonDocument.parse("{'command.find': '" + collection + "'}"))
                .first());
    return entry.getDocument("command").getDocument("readConcern");
  }

  @Test
  void timeNeverGoesBackAndNonsenseIsIgnored() {
    try (MongoClient client = MongoClients.create(fixture.uri())) {
      CausalSessions sessions = new CausalSessions(client);
      sessions.advance(new CausalTime(new BsonTimestamp(20, 1), null).encode());
      sessions.advance(new CausalTime(new BsonTimestamp(10, 1), null).encode());
      sessions.advance("nonsense");
      sessions.advance(null);
      try (ClientSession session = sessions.start()) {
        assertThat(session.getOperationTime()).isEqualTo(new BsonTimestamp(20, 1));
      }
    }
  }
}
