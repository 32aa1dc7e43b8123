package im.linnet.schemas.document;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Stream;
import org.junit.jupiter.api.Test;

/** The given collections: a program written against these names must work unchanged. */
class DocumentNamesTest {
  @Test
  void givenCollectionsKeepTheirNames() {
    assertThat(
            new String[] {
              ClientInfo.COLLECTION,
              TopicInfo.COLLECTION,
              Kvs.COLLECTION,
              RecordMessage.collection(Stream.P2P),
              RecordMessage.collection(Stream.TOPIC),
              RecordMessage.collection(Stream.MUTUAL)
            })
        .containsExactly(
            "client_info",
            "topic_info",
            "kvs",
            "p2p_record_message",
            "topic_record_message",
            "mutual_record_message");
  }

  @Test
  void givenFieldsKeepTheirNames() {
    assertThat(
            new String[] {
              ClientInfo.CLIENT_ID,
              ClientInfo.CLIENT_ADDR,
              ClientInfo.MSG_SERVER_ADDR,
              ClientInfo.FRIENDS,
              ClientInfo.ALIVE
            })
        .containsExactly("ClientID", "ClientAddr", "MsgServerAddr", "Friends", "Alive");
    assertThat(new String[] {TopicInfo.TOPIC_ID, TopicInfo.FOUNDER_ID, TopicInfo.CLIENTS_ID})
        .containsExactly("TopicID", "FounderID", "ClientsID");
    assertThat(new String[] {Kvs.TYPE, Kvs.KEY, Kvs.VALUE, Kvs.TYPE_EDGES})
        .containsExactly("Type", "Key", "Value", "routerManageMsgServer");
    assertThat(
            new String[] {
              RecordMessage.FROM_ID,
              RecordMessage.TO_ID,
              RecordMessage.CONTENT,
              RecordMessage.TIME,
              RecordMessage.UUID,
              RecordMessage.IS_READ,
              RecordMessage.TYPE
            })
        .containsExactly("FromID", "ToID", "Content", "Time", "UUID", "IsRead", "Type");
  }

  @Test
  void statusesAreFoundByTheirWireName() {
    for (PresenceStatus status : PresenceStatus.values()) {
      assertThat(PresenceStatus.ofWire(status.wire())).isEqualTo(status);
    }
    assertThat(PresenceStatus.ofWire("ONLINE")).isNull();
  }
}
