package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client's threads and sockets against a scripted server. */
class ChatClientTest {
  private final List<ClientEvent> events = new CopyOnWriteArrayList<>();
  private FakeEdge edge;
  private ChatClient client;

  @BeforeEach
  void open() throws Exception {
    edge = new FakeEdge();
    client = client(config());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    edge.close();
  }

  @Test
  void talks() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      assertThat(session.welcome().path("token").asText()).isEqualTo("token");
      CompletableFuture<Sent> sent =
          client.messages().send(Draft.p2p("bb", "Hello").withUuid("u1"));
      JsonNode send = session.read();
      assertThat(send.path("content").asText()).isEqualTo("Hello");
      session.reply(send, "{'uuid':'u1','at':'p2p/2/7','time':99}");
      assertThat(sent.get(5, TimeUnit.SECONDS))
          .isEqualTo(new Sent("u1", new Position(Stream.P2P, 2, 7), 99));
      session.write(
          "{'at':'p2p/3/1','time':100,'op':'message','kind':'p2p','uuid':'m','from':'bb','to':'aa',"
              + "'type':'text','content':'Hi'}");
      await().untilAsserted(() -> assertThat(messages()).containsExactly("Hi"));
    }
  }

  @Test
  void asksForWhatPeopleKeepAndShow() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      CompletableFuture<ContactInfo> contact = client.contacts().set("bb", "Bob", List.of("work"));
      JsonNode asked = session.read();
      assertThat(asked.path("op").asText()).isEqualTo("contact.set");
      assertThat(asked.path("remark").asText()).isEqualTo("Bob");
      assertThat(asked.path("labels")).hasSize(1);
      session.reply(asked, "{'contacts':[{'user':'bb','remark':'Bob','labels':['work']}]}");
      assertThat(contact.get(5, TimeUnit.SECONDS))
          .isEqualTo(new ContactInfo("bb", "Bob", List.of("work")));

      CompletableFuture<Receipts> receipts =
          client.messages().receipts(new MessageId(Stream.P2P, "bb", "u1", "aa"));
      session.reply(session.read(), "{'readers':['bb'],'count':1}");
      assertThat(receipts.get(5, TimeUnit.SECONDS)).isEqualTo(new Receipts(List.of("bb"), 1));

      CompletableFuture<Page<Conversation>> list = client.conversations().list(null, 2);
      asked = session.read();
      assertThat(asked.path("limit").asInt()).isEqualTo(2);
      session.reply(
          asked,
          "{'conversations':[{'kind':'p2p','peer':'bb','unread':3,'last':{'at':'p2p/3/1','time':100,"
              + "'op':'message','kind':'p2p','uuid':'m','from':'bb','to':'aa','type':'text',"
              + "'content':'Hi','read':false}},{'kind':'topic','topic':'tea','name':'Tea','unread':0}],"
              + "'next':'c'}");
      Page<Conversation> page = list.get(5, TimeUnit.SECONDS);
      assertThat(page.next()).isEqualTo("c");
      assertThat(page.items()).extracting(Conversation::peer).containsExactly("bb", "tea");
      assertThat(page.items().getFirst().unread()).isEqualTo(new Unread.Count(3, false));
      assertThat(page.items().getFirst().last().message().content()).isEqualTo("Hi");
      assertThat(page.items().getLast().last()).isNull();
    }
  }

  @Test
  void aRefusalIsAnException() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      CompletableFuture<Unread> unread = client.conversations().unread();
      session.write(
          "{'id':'"
              + session.read().path("id").asText()
              + "','code':5003,'message':'unavailable'}");

      assertThatThrownBy(() -> unread.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RefusedException.class)
          .hasMessageContaining("5003");
    }
  }

  @Test
  void repeatsWhatHadNoReplyOnTheNextConnection() throws Exception {
    client.start();
    CompletableFuture<Sent> sent;
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      sent = client.messages().send(Draft.p2p("bb", "Hello").withUuid("u1"));
      assertThat(session.read().has("retry")).isFalse();
    }
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      JsonNode again = session.read();
      assertThat(again.path("retry").asBoolean()).isTrue();
      session.reply(again, "{'uuid':'u1','at':'p2p/2/7','time':99}");
      assertThat(sent.get(5, TimeUnit.SECONDS).uuid()).isEqualTo("u1");
    }
    await()
        .untilAsserted(
            () -> assertThat(events).anyMatch(ClientEvent.Disconnected.class::isInstance));
  }

  @Test
  void watchesAgainWhoWasWatchedAndNobodyWhoWasRefused() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      client.presence().watch(List.of("bb"));
      session.reply(session.read(), "{'presence':[{'user':'bb','status':'online','lastSeen':5}]}");
      CompletableFuture<List<Presence>> refused = client.presence().watch(List.of("cc"));
      session.write(
          "{'id':'"
              + session.read().path("id").asText()
              + "','code':4000,'message':'bad_request'}");
      assertThatThrownBy(() -> refused.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RefusedException.class);
    }
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      JsonNode again = session.read();
      assertThat(again.path("op").asText()).isEqualTo("presence.watch");
      assertThat(again.path("users")).extracting(JsonNode::asText).containsExactly("bb");
    }
  }

  @Test
  void marksOnlyWhatItIsTold() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      client.conversations().read(Stream.P2P, "bb", List.of("u1", "u2"));
      JsonNode read = session.read();
      assertThat(read.path("uuids")).extracting(JsonNode::asText).containsExactly("u1", "u2");
      assertThat(read.has("upTo")).isFalse();
    }
  }

  @Test
  void saysWhereTheServerStoppedCounting() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      CompletableFuture<Unread> unread = client.conversations().unread();
      session.reply(
          session.read(),
          "{'total':1003,'p2p':[{'peer':'bb','count':1000,'more':true},{'peer':'cc','count':3}],"
              + "'topic':[],'mutual':0}");
      Unread counted = unread.get(5, TimeUnit.SECONDS);
      assertThat(counted.from("bb")).isEqualTo(new Unread.Count(1_000, true));
      assertThat(counted.from("cc")).isEqualTo(new Unread.Count(3, false));
      assertThat(counted.from("dd")).isEqualTo(Unread.NONE);
    }
  }

  @Test
  void theEndBeforeTheStartLeavesNobodyWaiting() {
    CompletableFuture<Unread> before = client.conversations().unread();
    client.close();
    CompletableFuture<Unread> after = client.conversations().unread();

    assertThatThrownBy(() -> before.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ClientClosedException.class);
    assertThatThrownBy(() -> after.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ClientClosedException.class);
    assertThatThrownBy(client::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aListenerThatFailsIsToldOfTheNextEvent() throws Exception {
    client.close();
    client =
        new ChatClient(
            config(),
            () -> "token",
            event -> {
              events.add(event);
              throw new AssertionError("on purpose");
            },
            new Random(1));
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      await()
          .untilAsserted(() -> assertThat(events).anyMatch(ClientEvent.Synced.class::isInstance));
    }
  }

  @Test
  void goesOnWhereItWas() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      session.write(
          "{'at':'p2p/3/8','time':100,'op':'message','kind':'p2p','uuid':'m','from':'bb','to':'aa',"
              + "'type':'text','content':'Hi'}");
      await().untilAsserted(() -> assertThat(messages()).hasSize(1));
    }
    try (FakeEdge.Session session = edge.accept()) {
      JsonNode auth = session.welcome();
      assertThat(auth.path("resume").path(0).asText()).isEqualTo("p2p/3/8");
      assertThat(auth.path("log").asText()).isEqualTo("L1");
    }
  }

  @Test
  void aSlowListenerHoldsBackTheSocketAndLosesNothing() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    client.close();
    client =
        new ChatClient(
            config().withMaxPending(4),
            () -> "token",
            event -> {
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              events.add(event);
            },
            new Random(1));
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      for (int i = 0; i < 100; i++) {
        session.write(
            "{'at':'p2p/3/"
                + i
                + "','time':1,'op':'message','kind':'p2p','uuid':'m"
                + i
                + "','from':'bb','to':'aa','type':'text','content':'"
                + i
                + "'}");
      }
      assertThat(events).isEmpty();
      release.countDown();
      await().untilAsserted(() -> assertThat(messages()).hasSize(100));
      assertThat(messages()).startsWith("0", "1").endsWith("98", "99");
    }
  }

  @Test
  void tooManyRequestsAreRefusedAtOnce() {
    client.close();
    client = client(config().withMaxPending(2));
    CompletableFuture<Unread> first = client.conversations().unread();
    CompletableFuture<Unread> second = client.conversations().unread();
    CompletableFuture<Unread> third = client.conversations().unread();

    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertThatThrownBy(third::get).hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatIsAskedAfterTheEndFails() throws Exception {
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
      session.write("{'op':'close','code':3505,'reason':'kicked','reconnect':false}");
      await()
          .untilAsserted(
              () -> assertThat(events).contains(new ClientEvent.Stopped(3505, "kicked")));
    }
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> client.conversations().unread().get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ClientClosedException.class));
  }

  @Test
  void aTokenThatCannotBeHadIsAskedForAgain() throws Exception {
    client.close();
    List<String> asked = new CopyOnWriteArrayList<>();
    client =
        new ChatClient(
            config(),
            () -> {
              asked.add("");
              if (asked.size() == 1) {
                throw new IOException("not yet");
              }
              return "token";
            },
            events::add,
            new Random(1));
    client.start();
    try (FakeEdge.Session session = edge.accept()) {
      session.welcome();
    }
    // Events come on a thread of their own, so the server may be told of the new token before.
    await().until(() -> !events.isEmpty());
    assertThat(events.getFirst())
        .isInstanceOfSatisfying(
            ClientEvent.Disconnected.class, lost -> assertThat(lost.reason()).isEqualTo("not yet"));
  }

  @Test
  void aPersonDoesNotWaitForTheNextAttempt() throws Exception {
    client.close();
    Duration years = Duration.ofDays(10_000);
    client =
        client(config().withTimes(Duration.ofSeconds(5), Duration.ofSeconds(10), years, years));
    client.start();
    edge.accept().close();
    await()
        .untilAsserted(
            () -> assertThat(events).hasAtLeastOneElementOfType(ClientEvent.Disconnected.class));
    client.reconnectNow();

    try (FakeEdge.Session session = edge.accept()) {
      assertThat(session.welcome().path("op").asText()).isEqualTo("auth");
    }
  }

  private ChatClient client(ClientConfig config) {
    return new ChatClient(config, () -> "token", events::add, new Random(1));
  }

  private ClientConfig config() {
    return ClientConfig.of(List.of(edge.address()))
        .withTimes(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(5),
            Duration.ofMillis(20));
  }

  private List<String> messages() {
    return events.stream()
        .filter(ClientEvent.MessageReceived.class::isInstance)
        .map(event -> ((ClientEvent.MessageReceived) event).message().content())
        .toList();
  }
}
