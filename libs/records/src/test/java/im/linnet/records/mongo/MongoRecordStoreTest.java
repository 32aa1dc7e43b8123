package im.linnet.records.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.linnet.records.RecordPlanner;
import im.linnet.records.StoreUnavailableException;
import im.linnet.records.StoreUnusableException;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What needs no MongoDB to be seen. */
class MongoRecordStoreTest {
  @Test
  void aStandaloneServerIsRefusedWithTheWayOut() throws IOException {
    try (FakeMongod server = FakeMongod.standalone();
        MongoRecordStore store = new MongoRecordStore(MongoSettings.of(server.uri()))) {
      assertThatThrownBy(() -> store.open("log"))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContainingAll("standalone", "--replSet", "rs.initiate()")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void anOldServerIsRefusedWithOneLine() throws IOException {
    try (FakeMongod server = FakeMongod.old();
        MongoRecordStore store = new MongoRecordStore(MongoSettings.of(server.uri()))) {
      assertThatThrownBy(() -> store.open("log"))
          .isInstanceOf(StoreUnusableException.class)
          .hasMessageContainingAll("older than 6.0", "upgrade")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    MongoSettings settings =
        new MongoSettings(
            "mongodb://127.0.0.1:" + port, Duration.ofMillis(50), Duration.ofMillis(100), 2);
    try (MongoRecordStore store = new MongoRecordStore(settings)) {
      assertThatThrownBy(() -> store.open("log")).isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(store::check).isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> store.unread("aa")).isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(
              () ->
                  store.apply(
                      RecordPlanner.plan(
                          List.of(), Map.of(new StreamPartition(Stream.P2P, 0), 1L))))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void aUriThatIsNoneIsRefusedAtOnce() {
    for (String uri :
        List.of("http://x", "mongodb://a b/", "mongodb://h,a\u00a0b:1/", "mongodb://h*/")) {
      assertThatThrownBy(() -> new MongoRecordStore(MongoSettings.of(uri)).close())
          .as(uri)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aUriNamesHostsByNameOrAddress() {
    for (String uri :
        List.of("mongodb://h", "mongodb://h_1.example-2.org:1,10.0.0.1/x", "mongodb://[::1]:1/")) {
      new MongoRecordStore(MongoSettings.of(uri)).close();
    }
  }

  @Test
  void timeOutsAndPoolAreBoundedFromBelow() {
    Duration some = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new MongoSettings("mongodb://x", Duration.ZERO, some, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MongoSettings("mongodb://x", some, Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MongoSettings("mongodb://x", some, some, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MongoSettings.of("mongodb://x").maxConnections()).isEqualTo(32);
  }
}
