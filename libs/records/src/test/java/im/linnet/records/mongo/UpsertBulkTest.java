package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class UpsertBulkTest {
  private static final int KNOWN_KEY = 11_000;
  private static final int TOO_LARGE = 10_334;

  private final List<List<String>> written = new ArrayList<>();

  private static MongoBulkWriteException refused(int code, int... indexes) {
    List<BulkWriteError> errors = new ArrayList<>();
    for (int index : indexes) {
      errors.add(new BulkWriteError(code, "refused", new BsonDocument(), index));
    }
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(), errors, null, new ServerAddress(), Set.of());
  }

  @Test
  void whatAnotherInsertedMeanwhileIsRepeatedOnce() {
    UpsertBulk.write(
        List.of("a", "b", "c", "d"),
        some -> {
          written.add(some);
          throw written.size() == 1 ? refused(KNOWN_KEY, 1, 3) : refused(KNOWN_KEY, 0);
        });
    assertThat(written).containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"));
  }

  @Test
  void whatIsTakenIsWrittenOnce() {
    UpsertBulk.write(List.of("a", "b"), written::add);
    UpsertBulk.write(List.<String>of(), written::add);
    assertThat(written).containsExactly(List.of("a", "b"));
  }

  @Test
  void anyOtherFailureIsThrown() {
    assertThatThrownBy(
            () ->
                UpsertBulk.write(
                    List.of("a"),
                    some -> {
                      throw refused(TOO_LARGE, 0);
                    }))
        .isInstanceOf(MongoBulkWriteException.class);
  }
}
