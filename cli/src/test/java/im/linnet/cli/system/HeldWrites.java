package im.linnet.cli.system;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;
import org.bson.Document;

/**
 * A MongoDB that lets nobody write: reads are answered, what is written waits for the lock that
 * {@code fsync} takes, and is carried out when that is given back, whether or not who sent it still
 * lives. Unlike a server that stands still it can be asked what waits.
 */
final class HeldWrites implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration ONE_TRY = Duration.ofSeconds(2);

  /** With these a batch begins, so its messages to users are written. */
  private static final Set<String> AWAITED =
      Set.of(
          "insert p2p_record_message",
          "insert mutual_record_message",
          "insert topic_record_message",
          "insert inbox");

  private static final Set<String> OF_PRESENCE = Set.of("client_info", "kvs");

  private final MongoClient client;
  private final String database;

  private HeldWrites(MongoClient client, String database) {
    this.client = client;
    this.database = database;
  }

  /**
   * Holds the writes at a moment when the persister has sent messages of a batch, or its {@code
   * inbox} documents, and nothing that comes behind them.
   */
  static HeldWrites amidBatch(String uri, String database) {
    HeldWrites writes = new HeldWrites(MongoClients.create(uri), database);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      writes.hold();
      List<String> waiting = writes.awaitWaiting();
      if (waiting.stream().anyMatch(AWAITED::contains)) {
        return writes;
      }
      // It is at a read mark or at the view's position, or what it wrote before did not reach the
      // disk in time: the next batch, please.
      writes.release();
    }
    writes.client.close();
    throw new AssertionError("the persister was never seen to insert");
  }

  private void hold() {
    admin().runCommand(new Document("fsync", 1).append("lock", true));
  }

  private void release() {
    admin().runCommand(new Document("fsyncUnlock", 1));
  }

  private List<String> awaitWaiting() {
    List<String> found = new ArrayList<>();
    try {
      await("a write of the persister's waits")
          .atMost(ONE_TRY)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> found.addAll(waiting()));
    } catch (ConditionTimeoutException e) {
      return List.of();
    }
    return found;
  }

  /** The collections of the applier that are waited for, each with what is to be done there. */
  private List<String> waiting() {
    List<String> found = new ArrayList<>();
    for (Document op :
        admin().aggregate(List.of(new Document("$currentOp", new Document("allUsers", true))))) {
      String space = String.valueOf(op.getString("ns"));
      String collection = space.substring(space.indexOf('.') + 1);
      if (op.getBoolean("waitingForLock", false)
          && space.startsWith(database + ".")
          && !OF_PRESENCE.contains(collection)) {
        found.add(op.getString("op") + " " + collection);
      }
    }
    return found;
  }

  private MongoDatabase admin() {
    return client.getDatabase("admin");
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    release();
    client.close();
  }
}
