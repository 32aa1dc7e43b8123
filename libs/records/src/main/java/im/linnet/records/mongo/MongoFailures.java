package im.linnet.records.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.bulk.BulkWriteError;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells "not now" from everything else that MongoDB may answer. */
final class MongoFailures {
  static final int NAMESPACE_NOT_FOUND = 26;

  private static final int UNAUTHORIZED = 13;
  private static final int MOST_TEXT = 300;

  // Codes of the server's error_codes.yml that pass by themselves: a primary that stepped down, a
  // node that starts, stops or recovers, a time limit, a majority out of reach, a cursor or plan
  // that a renamed collection ended.
  private static final Set<Integer> TRANSIENT =
      Set.of(
          6, 7, 24, 43, 46, 50, 63, 64, 79, 89, 91, 100, 112, 133, 134, 150, 175, 189, 202, 211,
          228, 234, 237, 246, 262, 290, 317, 358, 384, 9001, 10107, 11600, 11602, 13388, 13435,
          13436);

  private MongoFailures() {}

  /**
   * Runs one operation.
   *
   * @throws StoreUnavailableException if the same call may succeed later
   * @throws StoreUnusableException if this user cannot log in, or lacks a right
   */
  static <T extends @Nullable Object> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (MongoException e) {
      if (e instanceof MongoInterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (isTransient(e)) {
        throw new StoreUnavailableException("MongoDB cannot serve this now: " + excerpt(e), e);
      }
      if (e instanceof MongoSecurityException) {
        throw new StoreUnusableException(
            "MongoDB refuses the user or the password of the MongoDB URI: give the right ones, and"
                + " with authSource=... the database that the user was made in",
            e);
      }
      if (isDenied(e)) {
        throw new StoreUnusableException(
            "MongoDB denies the user of the MongoDB URI a right: grant the role readWrite on the"
                + " view's database (to an edge's user: read)",
            e);
      }
      throw e;
    }
  }

  /** Whether the user lacks a right. */
  static boolean isDenied(MongoException failure) {
    return failure.getCode() == UNAUTHORIZED;
  }

  /**
   * A bulk failure's own message quotes every document that failed, and that of a search for a
   * primary the driver's whole view of the cluster.
   */
  private static String excerpt(MongoException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof MongoTimeoutException && message.contains("ServerSelector")) {
      return "no primary answers";
    }
    return message.length() <= MOST_TEXT ? message : message.substring(0, MOST_TEXT) + "...";
  }

  private static boolean isTransient(MongoException failure) {
    return switch (failure) {
      case MongoBulkWriteException bulk ->
          bulk.getWriteConcernError() != null
              || bulk.getWriteErrors().stream().anyMatch(MongoFailures::isTransient);
      case MongoWriteConcernException unconfirmed -> true;
      case MongoSocketException broken -> true;
      case MongoInterruptedException interrupted -> true;
      // The client's own: no primary, no connection, a pool that was cleared; not a wrong setting.
      case MongoConfigurationException wrong -> false;
      case MongoTimeoutException late -> true;
      // A failure of the log-in: a refusal, or a server that went away.
      case MongoSecurityException login ->
          login.getCause() instanceof MongoException cause && isTransient(cause);
      case MongoClientException client -> isPoolTrouble(client);
      case MongoServerException answer ->
          TRANSIENT.contains(answer.getCode())
              || answer.hasErrorLabel("RetryableWriteError")
              || answer.hasErrorLabel("TransientTransactionError");
      default -> false;
    };
  }

  private static boolean isTransient(BulkWriteError error) {
    return TRANSIENT.contains(error.getCode());
  }

  private static boolean isPoolTrouble(MongoClientException failure) {
    return failure instanceof MongoConnectionPoolClearedException
        || failure instanceof MongoServerUnavailableException;
  }
}
