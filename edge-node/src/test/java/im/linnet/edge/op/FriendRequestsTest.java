package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import im.linnet.schemas.contract.Contract;
import im.linnet.schemas.event.FriendAct;
import im.linnet.schemas.event.FriendEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code aa} is told of many and long requests. */
class FriendRequestsTest {
  private final OpWorld world = new OpWorld();

  private void asked(int first, int end, String text) {
    for (int i = first; i < end; i++) {
      world.stands(new FriendEvent(FriendAct.ADD, "u" + i, "user" + i, "aa", text));
    }
  }

  private JsonNode listed() throws Exception {
    String reply = world.ask("{\"id\":\"1\",\"op\":\"friend.requests\"}");
    JsonNode data = new ObjectMapper().readTree(reply).path("data");
    assertThat(Contract.complaints("frame/data/requests", data)).isEmpty();
    return data;
  }

  private static List<String> uuids(JsonNode data) {
    List<String> uuids = new ArrayList<>();
    data.path("requests").forEach(each -> uuids.add(each.path("uuid").asText()));
    return uuids;
  }

  @Test
  void moreSaysThatThereAreOlderOnes() throws Exception {
    asked(0, FriendRequestsOp.MOST, "Hi");
    assertThat(uuids(listed())).hasSize(FriendRequestsOp.MOST).startsWith("u199").endsWith("u0");
    assertThat(listed().has("more")).isFalse();
    asked(FriendRequestsOp.MOST, FriendRequestsOp.MOST + 1, "Hi");
    assertThat(uuids(listed())).hasSize(FriendRequestsOp.MOST).startsWith("u200").endsWith("u1");
    assertThat(listed().path("more").asBoolean()).isTrue();
  }

  @Test
  void aLongTextIsWholeWhereAllOfThemFit() throws Exception {
    String text = "x".repeat(FriendRequestsOp.MOST_TEXT / 2);
    asked(0, 2, text);
    assertThat(listed().findValuesAsText("reqMessage")).containsOnly(text);
    assertThat(listed().findValues("cut")).isEmpty();
  }

  @Test
  void longTextsDoNotPushOtherRequestsOut() throws Exception {
    asked(0, 1, "Hi");
    String begin = "\uD83C\uDF75".repeat(FriendRequestsOp.SHORT);
    asked(1, 21, begin + "\uD83C\uDF75".repeat(1_000));
    JsonNode data = listed();
    assertThat(uuids(data)).hasSize(21);
    assertThat(data.has("more")).isFalse();
    assertThat(data.path("requests").get(0).path("reqMessage").asText()).isEqualTo(begin);
    assertThat(data.path("requests").get(0).path("cut").asBoolean()).isTrue();
    assertThat(data.path("requests").get(20).path("reqMessage").asText()).isEqualTo("Hi");
    assertThat(data.path("requests").get(20).has("cut")).isFalse();

    asked(21, 100, begin + "x");
    assertThat(uuids(listed())).hasSize(64);
    assertThat(listed().path("more").asBoolean()).isTrue();
  }
}
