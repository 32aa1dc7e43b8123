package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MongoFailuresTest {
  private static final ServerAddress ADDRESS = new ServerAddress("127.0.0.1", 1);

  @Test
  void whatPassesByItselfIsUnavailable() {
    isUnavailable(new MongoTimeoutException("no primary"));
    isUnavailable(new MongoSocketException("broken", ADDRESS));
    isUnavailable(login(new MongoSocketException("broken", ADDRESS)));
    isUnavailable(login(new MongoTimeoutException("no answer")));
    isUnavailable(login(command(11600)));
    isUnavailable(command(10107));
    isUnavailable(command(11600));
    isUnavailable(command(50));
    isUnavailable(bulk(11602, null));
    isUnavailable(bulk(11000, new WriteConcernError(64, "WriteConcernFailed", "", none())));
  }

  @Test
  void whatDoesNotIsThrownAsItIs() {
    isThrown(bulk(121, null));
    isThrown(new MongoException("something else"));
  }

  @Test
  void aRefusedUserIsToldInOurWords() {
    isRefused(command(13), "grant the role readWrite");
    isRefused(login(command(18)), "the user or the password");
    isRefused(login(new IllegalStateException("no such mechanism")), "the user or the password");
  }

  private static void isRefused(MongoException failure, String words) {
    assertThatThrownBy(() -> call(failure))
        .isInstanceOf(StoreUnusableException.class)
        .hasCause(failure)
        .hasMessageContaining(words)
        .hasMessageNotContaining("Exception");
  }

  @Test
  void aSearchForAPrimaryIsToldInOurWords() {
    MongoTimeoutException failure =
        new MongoTimeoutException(
            "Timed out while waiting for a server that matches"
                + " ReadPreferenceServerSelector{readPreference=primary}. Client view of cluster"
                + " state is {type=UNKNOWN, servers=[]}");
    assertThatThrownBy(() -> call(failure))
        .hasMessage("MongoDB cannot serve this now: no primary answers");
  }

  @Test
  void aMessageDoesNotQuoteAWholeBatch() {
    MongoTimeoutException failure = new MongoTimeoutException("x".repeat(100_000));
    assertThatThrownBy(() -> call(failure))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  private static void isUnavailable(MongoException failure) {
    assertThatThrownBy(() -> call(failure))
        .isInstanceOf(StoreUnavailableException.class)
        .hasCause(failure);
  }

  private static void isThrown(MongoException failure) {
    assertThatThrownBy(() -> call(failure)).isSameAs(failure);
  }

  private static void call(MongoException failure) {
    MongoFailures.call(
        () -> {
          throw failure;
        });
  }

  private static MongoException login(Throwable cause) {
    return new MongoSecurityException(
        MongoCredential.createCredential("linnet", "admin", new char[0]),
        "Exception authenticating",
        cause);
  }

  private static MongoCommandException command(int code) {
    return new MongoCommandException(
        new BsonDocument("ok", new BsonDouble(0))
            .append("code", new BsonInt32(code))
            .append("errmsg", new BsonString("refused")),
        ADDRESS);
  }

  private static MongoBulkWriteException bulk(int code, @Nullable WriteConcernError unconfirmed) {
    return new MongoBulkWriteException(
        BulkWriteResult.unacknowledged(),
        List.of(new BulkWriteError(code, "refused", none(), 0)),
        unconfirmed,
        ADDRESS,
        Set.of());
  }

  private static BsonDocument none() {
    return new BsonDocument();
  }
}
