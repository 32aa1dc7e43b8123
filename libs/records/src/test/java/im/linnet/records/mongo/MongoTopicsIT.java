package im.linnet.records.mongo;

import com.mongodb.client.ClientSession;
import im.linnet.records.Change;
import im.linnet.records.RecordPlan;
import im.linnet.records.RecordStore;
import im.linnet.records.TopicContract;
import im.linnet.testkit.MongoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag(MongoServer.TAG)
class MongoTopicsIT extends TopicContract {
  private final MongoFixture fixture = new MongoFixture(MongoServer.shared());

  @AfterEach
  void drop() {
    fixture.close();
  }

  @Override
  protected RecordStore create() {
    return fixture.store();
  }

  /** Some writers have done their part, and the next one half of it. */
  @Override
  protected void crash(RecordStore of, RecordPlan plan, int stages) {
    List<ChangeWriter> writers = ChangeWriters.of(new MongoTables(fixture.database(), ""));
    int done = stages % writers.size();
    try (ClientSession session = fixture.session()) {
      writers.subList(0, done).forEach(writer -> writer.write(session, plan));
      ChangeWriter next = writers.get(done);
      List<? extends Change> all = plan.of(next.kind());
      next.write(
          session,
          new RecordPlan(new ArrayList<>(all.subList(0, all.size() / 2)), Map.of(), Map.of()));
    }
  }
}
