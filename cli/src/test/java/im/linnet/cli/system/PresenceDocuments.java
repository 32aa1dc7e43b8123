package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.bson.Document;

/** The documents that the presence-tracker writes, and the view's own. */
final class PresenceDocuments {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Messenger messenger;
  private final MongoView view;
  private final ShownRows rows;

  PresenceDocuments(Messenger messenger, MongoView view, ShownRows rows) {
    this.messenger = messenger;
    this.view = view;
    this.rows = rows;
  }

  void look() {
    try (Talker other = messenger.login("qo")) {
      try (Talker user = messenger.login("qu")) {
        await().atMost(PATIENCE).untilAsserted(() -> isThere(user));
        user.does("presence.set", "status", "busy");
        await().atMost(PATIENCE).untilAsserted(() -> isTold(other, "busy"));
      }
      await().atMost(PATIENCE).untilAsserted(this::isGone);
      await().atMost(PATIENCE).untilAsserted(() -> isTold(other, "offline"));
      await().atMost(PATIENCE).untilAsserted(this::edges);
    }
    itself();
  }

  private void isThere(Talker user) {
    Document document = view.only("client_info", "ClientID", "qu");
    rows.stored("client_info", document, "ClientAddr", user.address());
    rows.stored("client_info", document, "MsgServerAddr", messenger.edgeAddress());
    rows.stored("client_info", document, "Alive", true);
  }

  private void isGone() {
    Document document = view.only("client_info", "ClientID", "qu");
    rows.stored("client_info", document, "ClientAddr", "");
    rows.stored("client_info", document, "MsgServerAddr", "");
    rows.stored("client_info", document, "Alive", false);
  }

  private void isTold(Talker other, String status) {
    JsonNode told = other.does("presence.get", "users", List.of("qu")).path("presence").path(0);
    rows.told(told, "user", "qu", "Presence.UserId");
    rows.told(told, "status", status, "Presence.Status");
    Document document = view.only("client_info", "ClientID", "qu");
    long seen = rows.value("client_info", document, "LastSeen", Long.class);
    rows.told(told, "lastSeen", seen, "client_info.LastSeen");
    assertThat(rows.value("client_info", document, "PresenceGuard", Long.class)).isPositive();
  }

  private void edges() {
    Document document = view.only("kvs");
    rows.stored("kvs", document, "Type", "routerManageMsgServer");
    rows.stored("kvs", document, "Key", messenger.trackerAddress());
    List<?> edges = rows.value("kvs", document, "Value", List.class);
    assertThat(edges.stream().map(String::valueOf)).contains(messenger.edgeAddress());
  }

  private void itself() {
    Document document = view.only("view", "_id", "view");
    assertThat(rows.value("view", document, "View", String.class)).isNotEmpty();
    rows.stored("view", document, "Log", messenger.log());
    assertThat(rows.value("view", document, "Next", Document.class)).containsKey("p2p/0");
    assertThat(rows.value("view", document, "Form", Integer.class)).isPositive();
    // A rebuild alone writes them.
    rows.seenElsewhere("view", document, "Generation");
    rows.seenElsewhere("view", document, "Swapping");
  }
}
