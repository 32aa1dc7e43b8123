package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The example against a scripted server. */
class GroupExampleTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void beginsATopicSaysHelloAndPrintsWhatComes() throws Exception {
    try (FakeEdge edge = new FakeEdge();
        GroupExample example =
            new GroupExample(
                edge.address().host(),
                edge.address().port(),
                () -> "token",
                new PrintStream(printed, true, StandardCharsets.UTF_8))) {
      CompletableFuture<Void> ran =
          CompletableFuture.runAsync(
              () -> {
                try {
                  example.run("tea", "bb");
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      try (FakeEdge.Session session = edge.accept()) {
        session.welcome();
        JsonNode create = session.read();
        assertThat(create.path("op").asText()).isEqualTo("topic.create");
        assertThat(create.path("topic").asText()).isEqualTo("tea");
        assertThat(create.path("members").path(0).asText()).isEqualTo("bb");
        session.reply(create, "{'topic':'tea','founder':'aa','members':2}");
        JsonNode send = session.read();
        assertThat(send.path("kind").asText()).isEqualTo("topic");
        assertThat(send.path("to").asText()).isEqualTo("tea");
        session.reply(send, "{'uuid':'u1','at':'topic/7/2','time':99}");
        ran.get(5, TimeUnit.SECONDS);
        session.write(
            "{'op':'message','at':'topic/7/3','time':100,'kind':'topic','uuid':'m','from':'bb',"
                + "'to':'tea','type':'text','content':'Hi'}");
        session.write(
            "{'op':'topic','at':'topic/7/4','time':101,'event':'left','topic':'tea','by':'bb',"
                + "'uuid':'l','members':['bb']}");
        await()
            .untilAsserted(
                () ->
                    assertThat(lines())
                        .containsExactly(
                            "connected as aa",
                            "created tea",
                            "stored at topic/7/2",
                            "bb in tea: Hi",
                            "bb left [bb]"));
      }
    }
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
