package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The page has every field of the two given documents, and calls those of the collections given.
 */
class DataModelRowsTest {
  private static final Map<String, List<String>> COLLECTIONS =
      Map.of(
          "client_info",
          List.of("ClientID", "ClientAddr", "MsgServerAddr", "Friends", "Alive"),
          "topic_info",
          List.of("TopicID", "FounderID", "ClientsID"),
          "kvs",
          List.of("Type", "Key", "Value"),
          "p2p_record_message",
          List.of("FromID", "ToID", "Content", "Time", "UUID", "IsRead"),
          "topic_record_message",
          List.of("FromID", "ToID", "Content", "Time", "UUID", "IsRead"),
          "mutual_record_message",
          List.of("FromID", "ToID", "Type", "Time", "UUID", "IsRead"));

  private static final Map<String, List<String>> TYPES =
      Map.of(
          "Message",
          List.of("Content", "Sender", "Type"),
          "Presence",
          List.of("UserId", "Status"),
          "UserInfo",
          List.of("UserId", "Nickname", "Avatar"),
          "GroupInfo",
          List.of("GroupId", "GroupName", "OwnerUserId"),
          "GroupMember",
          List.of("UserId", "GroupId", "JoinTime"),
          "GroupMessage",
          List.of("Message", "GroupId"),
          "ContactInfo",
          List.of("UserId", "RemarkName", "Labels"),
          "FriendRequest",
          List.of("UserId", "ReqUserId", "ReqMessage", "Status"),
          "ServerResponse",
          List.of("Code", "Data", "Message"));

  private final DataModel model = DataModel.read();

  @Test
  void everyGivenFieldOfACollectionHasItsRow() {
    COLLECTIONS.forEach(
        (collection, fields) ->
            assertThat(model.rows())
                .filteredOn(row -> row.of().equals(collection) && row.given())
                .extracting(DataModel.Row::field)
                .containsExactlyInAnyOrderElementsOf(fields));
  }

  @Test
  void everyGivenTypeHasItsRows() {
    TYPES.forEach(
        (type, fields) ->
            assertThat(model.fields(type)).as(type).containsExactlyInAnyOrderElementsOf(fields));
  }

  /** A type's row names a field that the collection's own row describes. */
  @Test
  void whatATypeIsStoredInHasItsRow() {
    assertThat(model.rows())
        .filteredOn(row -> !row.stored().isEmpty())
        .allSatisfy(row -> assertThat(model.row(row.stored())).isNotNull());
  }
}
