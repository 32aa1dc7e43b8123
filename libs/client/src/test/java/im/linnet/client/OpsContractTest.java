package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.contract.Contract;
import im.linnet.schemas.contract.Contract.Sample;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.frame.ReplyCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The typed ops against the contract: the schemas of requests, and the golden replies. */
class OpsContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UUID = "d430f0bd-2d24-4bcb-98ef-cb1c0e5da69c";

  /** The client itself asks for these, or has no use for them. */
  private static final Set<String> OF_THE_SESSION = Set.of("auth", "ping", "pong", "logout");

  private final List<JsonNode> asked = new ArrayList<>();
  private ServerResponse answer = ok(JsonNodeFactory.instance.objectNode());
  private final ChatOps ops =
      new ChatOps() {
        @Override
        protected CompletableFuture<ServerResponse> submit(Request request) {
          PendingRequest pending = new PendingRequest(request);
          pending.accept(1, Long.MAX_VALUE);
          asked.add(parse(pending.encode()));
          return CompletableFuture.completedFuture(answer);
        }
      };

  @Test
  void everyOpHasAMethodAndEachRequestIsValid() {
    MessageId message = new MessageId(Stream.TOPIC, "tea", UUID, "aa");
    ops.messages().send(Draft.p2p("bb", "Hello").withType("image/png"));
    ops.messages().send(Draft.topic("tea", "Hello").withUuid(UUID).asRetry());
    ops.messages().edit(message, "Hello, all");
    ops.messages().recall(message);
    ops.messages().receipts(message);
    ops.messages().typing(Stream.P2P, "bb");
    ops.conversations().list(null, 30);
    ops.conversations().list("c", 30);
    ops.conversations().history(Stream.MUTUAL, "bb", null, 50);
    ops.conversations().history(Stream.TOPIC, "tea", "c", 50);
    ops.conversations().unread();
    ops.conversations().read(Stream.P2P, "bb", new Position(Stream.P2P, 3, 812));
    ops.conversations().read(Stream.P2P, "bb", List.of(UUID));
    ops.conversations().read(message(Stream.P2P, "bb", "aa"));
    ops.conversations().read(message(Stream.TOPIC, "bb", "tea"));
    ops.topics().create(TopicDraft.named("Tea"));
    ops.topics()
        .create(
            TopicDraft.named("Tea")
                .withId("tea")
                .withMembers(List.of("bb"))
                .byInvitation()
                .withHistory());
    ops.topics().info("tea");
    ops.topics().list();
    ops.topics().members("tea", null);
    ops.topics().members("tea", "bb");
    ops.topics().join("tea");
    ops.topics().invite("tea", List.of("bb", "cc"));
    ops.topics().leave("tea");
    ops.topics().kick("tea", "bb");
    ops.topics().rename("tea", "Green tea");
    ops.topics().transfer("tea", "bb");
    ops.topics().disband("tea");
    ops.friends().add("bb", "It is me");
    ops.friends().accept("bb");
    ops.friends().reject("bb");
    ops.friends().remove("bb");
    ops.friends().list();
    ops.friends().requests();
    ops.blocks().add("bb");
    ops.blocks().remove("bb");
    ops.blocks().list();
    ops.profiles().set("Anna", null);
    ops.profiles().set(null, "https://example.org/aa.png");
    ops.profiles().get(List.of("aa", "bb"));
    ops.contacts().set("bb", "Bob", List.of("work"));
    ops.contacts().set("bb", null, null);
    ops.contacts().list(null);
    ops.contacts().list("bb");
    ops.presence().set(PresenceStatus.AWAY);
    ops.presence().get(List.of("bb"));
    ops.presence().watch(List.of("bb"));

    for (JsonNode request : asked) {
      assertThat(Contract.complaints("frame/request/" + op(request), request))
          .as(request.toString())
          .isEmpty();
    }
    List<String> served =
        Contract.schemaNames("frame/request").stream()
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .filter(op -> !OF_THE_SESSION.contains(op))
            .toList();
    assertThat(asked.stream().map(OpsContractTest::op).distinct())
        .containsExactlyInAnyOrderElementsOf(served);
  }

  @Test
  void whatTheServerSaysOfTopicsIsRead() throws Exception {
    GroupInfo tea =
        new GroupInfo("tea", "Tea \uD83C\uDF75", "aa", JoinPolicy.OPEN, false, 3, 1_763_755_200);
    golden("topic/topic");
    assertThat(ops.topics().info("tea").get()).isEqualTo(tea);
    assertThat(ops.topics().join("tea").get()).isEqualTo(tea);
    golden("topics/topics");
    assertThat(ops.topics().list().get()).containsExactly(tea);
    golden("members/page");
    assertThat(ops.topics().members("tea", null).get())
        .isEqualTo(
            new Page<>(
                List.of(
                    new GroupMember("aa", "tea", 1_763_755_200),
                    new GroupMember("bb", "tea", 1_763_755_260)),
                "bb"));
  }

  @Test
  void whatTheServerSaysOfPeopleIsRead() throws Exception {
    golden("requests/requests");
    FriendRequests requests = ops.friends().requests().get();
    assertThat(requests.newest())
        .containsExactly(
            new FriendRequest(
                "bb",
                "aa",
                "Hello, I am aa",
                FriendRequest.Status.PENDING,
                1_763_755_200,
                UUID,
                false));
    assertThat(requests.more()).isFalse();
    golden("requests/more");
    requests = ops.friends().requests().get();
    assertThat(requests.newest()).extracting(FriendRequest::cut).containsExactly(true);
    assertThat(requests.more()).isTrue();
    golden("friends/friends");
    assertThat(ops.friends().list().get()).containsExactly("bb", "cc");
    golden("step/step");
    assertThat(ops.friends().accept("bb").get())
        .isEqualTo(new Sent(UUID, null, 1_763_755_200_901L));
    golden("blocked/blocked");
    assertThat(ops.blocks().add("cc").get()).containsExactly("cc");
    golden("profiles/profiles");
    assertThat(ops.profiles().get(List.of("aa", "bb")).get())
        .containsExactly(
            new UserInfo("aa", "Anna", "https://example.org/aa.png"), new UserInfo("bb", "", ""));
    golden("contacts/page");
    assertThat(ops.contacts().list(null).get())
        .isEqualTo(new Page<>(List.of(new ContactInfo("bb", "", List.of())), "bb"));
    golden("presence/one");
    assertThat(ops.presence().get(List.of("bb")).get())
        .containsExactly(new Presence("bb", PresenceStatus.ONLINE, 1_763_755_200_123L));
  }

  @Test
  void whatTheServerSaysOfConversationsIsRead() throws Exception {
    golden("history/topic");
    HistoryEntry entry =
        ops.conversations().history(Stream.TOPIC, "tea", null, 1).get().items().getFirst();
    assertThat(entry.readers()).isEqualTo(2);
    GroupMessage message = GroupMessage.of(entry.message());
    assertThat(message).isNotNull();
    assertThat(message.groupId()).isEqualTo("tea");
    assertThat(message.message().content()).isEqualTo("Hello, all");
    golden("history/page");
    entry = ops.conversations().history(Stream.P2P, "bb", null, 1).get().items().getFirst();
    assertThat(entry.read()).isTrue();
    assertThat(GroupMessage.of(entry.message())).isNull();
    golden("conversations/topics");
    assertThat(ops.conversations().list(null, 2).get().items())
        .extracting(Conversation::name)
        .containsExactly("Tea", "Cold drinks");
    golden("unread/topic");
    assertThat(ops.conversations().unread().get().topic())
        .containsEntry("tea", new Unread.Count(1_000, true));
    assertThat(ops.conversations().unread().get().more()).isFalse();
    golden("unread/more");
    assertThat(ops.conversations().unread().get().more()).isTrue();
    golden("change/change");
    assertThat(ops.messages().recall(new MessageId(Stream.P2P, "bb", UUID, "aa")).get())
        .isEqualTo(new Position(Stream.P2P, 3, 815));
  }

  @Test
  void aRefusalHasItsCodeAndItsReason() {
    answer =
        new ServerResponse(
            4009, JsonNodeFactory.instance.objectNode(), "conflict: tea exists already");

    assertThatThrownBy(() -> ops.topics().create(TopicDraft.named("tea")).get())
        .cause()
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ReplyCode.CONFLICT);
              assertThat(refused.reason()).isEqualTo("tea exists already");
              assertThat(refused.response().field()).isNull();
            });
  }

  @Test
  void aRefusalNamesItsField() {
    answer =
        new ServerResponse(
            4013,
            JsonNodeFactory.instance.objectNode().put("field", "content"),
            "too_large: content: over 32768 bytes of UTF-8");

    assertThatThrownBy(() -> ops.messages().send(Draft.p2p("bb", "x".repeat(32_769))).get())
        .cause()
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.response().field()).isEqualTo("content"));
  }

  @Test
  void aStatusOrAKindOfALaterServerIsLeftOut() throws Exception {
    answer =
        ok(
            parse(
                ("{\"requests\":[{\"user\":\"bb\",\"reqUser\":\"aa\",\"status\":7}],"
                        + "\"conversations\":[{\"kind\":\"x\"}]}")
                    .getBytes(StandardCharsets.UTF_8)));

    assertThat(ops.friends().requests().get().newest()).isEmpty();
    assertThat(ops.conversations().list(null, 1).get().items()).isEmpty();
  }

  @Test
  void aMessageIsMarkedWhereItStands() {
    ops.conversations().read(message(Stream.MUTUAL, "bb", "aa"));
    ops.conversations().read(message(Stream.TOPIC, "bb", "tea"));

    assertThat(asked).extracting(each -> each.path("peer").asText()).containsExactly("bb", "tea");
    assertThat(asked)
        .extracting(each -> each.path("kind").asText())
        .containsExactly("mutual", "topic");
  }

  private static Message message(Stream kind, String from, String to) {
    return new Message(
        "Hi", from, "text", kind, to, UUID, new Position(kind, 0, 1), 5, null, 0, false);
  }

  /** Lets the server answer with the golden data of that name. */
  private void golden(String name) {
    Sample sample =
        Contract.samples("frame/data").stream()
            .filter(each -> each.toString().equals("frame/data/" + name + ".json"))
            .findFirst()
            .orElseThrow();
    answer = ok(sample.json());
  }

  private static ServerResponse ok(JsonNode data) {
    return new ServerResponse(0, data, "ok");
  }

  private static String op(JsonNode request) {
    return request.path("op").asText();
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
