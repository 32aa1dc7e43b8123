package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag(MongoServer.TAG)
class MongoServerIT {
  @Test
  void the_shared_server_is_one_replica_set_with_a_database_for_each_test() {
    MongoServer server = MongoServer.shared();
    assertThat(MongoServer.shared()).isSameAs(server);
    assertThat(server.freshDatabase()).isNotEqualTo(server.freshDatabase());
    try (MongoClient client = MongoClients.create(server.uri())) {
      Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
      assertThat(hello.getString("setName")).isNotEmpty();
      MongoCollection<Document> things = things(client, server.freshDatabase());
      things.insertOne(new Document("_id", 1));
      assertThat(things.countDocuments()).isEqualTo(1);
    }
  }

  @Test
  void a_server_of_ones_own_is_killed_and_started_again_with_its_data() {
    try (MongoServer server = MongoServer.own()) {
      String database = server.freshDatabase();
      try (MongoClient client = MongoClients.create(server.uri())) {
        things(client, database).insertOne(new Document("_id", 1));
        server.kill();
        assertAnswersNobody(server, database);
        server.startAgain();
        assertThat(things(client, database).countDocuments()).isEqualTo(1);
        server.restart();
        assertThat(things(client, database).countDocuments()).isEqualTo(1);
      }
    }
  }

  @Test
  void a_paused_server_answers_nobody_until_it_is_resumed() {
    try (MongoServer server = MongoServer.own();
        MongoClient client = MongoClients.create(server.uri())) {
      String database = server.freshDatabase();
      things(client, database).insertOne(new Document("_id", 1));
      server.pause();
      assertAnswersNobody(server, database);
      server.resume();
      assertThat(things(client, database).countDocuments()).isEqualTo(1);
    }
  }

  /** Asked by a client without patience; the others wait for a busy machine. */
  private static void assertAnswersNobody(MongoServer server, String database) {
    String hasty = server.uri() + "&serverSelectionTimeoutMS=2000&socketTimeoutMS=1000";
    try (MongoClient client = MongoClients.create(hasty)) {
      assertThatThrownBy(() -> things(client, database).countDocuments())
          .isInstanceOf(MongoException.class);
    }
  }

  private static MongoCollection<Document> things(MongoClient client, String database) {
    return client
        .getDatabase(database)
        .getCollection("things")
        .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }
}
