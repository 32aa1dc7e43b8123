package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import im.linnet.cli.chat.PipedMessages.NoSessionException;
import im.linnet.client.ChatOps;
import im.linnet.client.ClientClosedException;
import im.linnet.client.Draft;
import im.linnet.client.RefusedException;
import im.linnet.client.Request;
import im.linnet.client.Sent;
import im.linnet.client.ServerResponse;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipedMessagesTest {
  private final Server server = new Server();
  private final List<String> complaints = new ArrayList<>();
  private int sessions;
  private int renewals;
  private @Nullable String end;
  private @Nullable String noRenewal;
  private @Nullable String trouble;

  @Test
  void eachLineIsAMessageInOrder() throws Exception {
    assertThat(send("bb", "one\n\n  two \n//three\n")).isTrue();

    assertThat(server.delivered).containsExactly("bb:one", "bb:  two ", "bb:/three");
    assertThat(complaints).isEmpty();
    assertThat(server.asked).isZero();
  }

  @Test
  void anEmptyInputNeedsNoSession() throws Exception {
    assertThat(send("bb", "\n  \n")).isTrue();
    assertThat(sessions).isZero();
  }

  @Test
  void withoutAPeerNothingIsSentAndNoSessionOpened() throws Exception {
    assertThat(send(null, "one\ntwo\n")).isFalse();

    assertThat(sessions).isZero();
    assertThat(complaints).hasSize(1).first().asString().contains("nobody").contains("--to");
  }

  @Test
  void theInputMayTurnToSomebodyElse() throws Exception {
    assertThat(send(null, "/to bb\none\n/to cc\ntwo\n/quit\nthree\n")).isTrue();

    assertThat(server.delivered).containsExactly("bb:one", "cc:two");
  }

  @Test
  void nothingIsSentAfterANameThatNobodyHas() throws Exception {
    assertThat(send("bb", "one\n/to b b\ntwo\n/to cc\nthree\n")).isFalse();

    assertThat(server.delivered).containsExactly("bb:one");
    assertThat(complaints).hasSize(1).first().asString().startsWith("line 2: 'b b'");
  }

  @Test
  void aLineThatCannotBeAMessageIsToldAndTheOthersAreSent() throws Exception {
    server.answers.add(refused(0, 0));
    server.answers.add(refused(4013, 0));
    assertThat(send("bb", "one\ntoo large\n/dance\n/history\ntwo\n" + "x".repeat(40_000)))
        .isFalse();

    assertThat(server.delivered).containsExactly("bb:one", "bb:two");
    assertThat(complaints)
        .map(each -> each.substring(0, 6))
        .containsExactly("line 2", "line 3", "line 4", "line 6");
  }

  @Test
  void complaintsAreBounded() throws Exception {
    assertThat(send("bb", "/dance\n".repeat(1_000))).isFalse();

    assertThat(complaints).hasSize(11);
    assertThat(complaints.getLast()).isEqualTo("990 more lines were not sent");
  }

  @Test
  void aPauseThatTheServerAsksForKeepsTheOrderAndTheIdentity() throws Exception {
    server.answers.add(refused(5003, 5));
    server.answers.add(refused(4029, 5));
    assertThat(send("bb", "one\ntwo\n")).isTrue();

    assertThat(server.delivered).containsExactly("bb:one", "bb:two");
    assertThat(server.drafts.subList(0, 3))
        .extracting(Draft::uuid)
        .containsOnly(server.drafts.getFirst().uuid());
    assertThat(server.drafts).extracting(Draft::retry).containsExactly(false, true, true, false);
  }

  @Test
  void aPauseBeyondThePatienceEndsIt() throws Exception {
    server.answers.add(refused(0, 0));
    server.answers.add(refused(5003, 60_000));
    assertThat(send("bb", "one\ntwo\nthree\n")).isFalse();

    assertThat(server.delivered).containsExactly("bb:one");
    assertThat(complaints)
        .containsExactly("line 2 may not have been sent: 5003 refused; lines sent: 1");
  }

  @Test
  void whatIsForbiddenEndsIt() throws Exception {
    server.answers.add(refused(4003, 0));
    assertThat(send("bb", "one\ntwo\n")).isFalse();

    assertThat(server.delivered).isEmpty();
    assertThat(complaints).containsExactly("line 1 was not sent: 4003 refused; lines sent: 0");
  }

  @Test
  void nobodyKnowsOfALineWithoutAnAnswer() throws Exception {
    server.answers.add(new CompletableFuture<>());
    PipedMessages messages = messages("bb", "one\ntwo\n", Duration.ofMillis(1));

    assertThat(messages.run()).isFalse();
    assertThat(complaints)
        .containsExactly(
            "line 1 may not have been sent: the server did not answer in time; lines sent: 0");
  }

  @Test
  void whyThereIsNoSessionIsOneLine() throws Exception {
    end = "nothing listens at edge1:9000";

    assertThat(send("bb", "one\ntwo\n")).isFalse();
    assertThat(complaints).containsExactly("nothing was sent: nothing listens at edge1:9000");
  }

  @Test
  void aLineWhoseSessionEndedIsRepeatedOnTheNextWithTheSameIdentity() throws Exception {
    server.answers.add(refused(0, 0));
    server.answers.add(ended());
    server.answers.add(ended());
    assertThat(send("bb", "one\ntwo\nthree\n")).isTrue();

    assertThat(renewals).isEqualTo(2);
    assertThat(server.delivered).containsExactly("bb:one", "bb:two", "bb:three");
    assertThat(server.drafts.subList(1, 4))
        .extracting(Draft::uuid)
        .containsOnly(server.drafts.get(1).uuid());
    assertThat(server.drafts)
        .extracting(Draft::retry)
        .containsExactly(false, false, true, true, false);
    assertThat(complaints).isEmpty();
  }

  @Test
  void whyASessionEndedForGoodIsTold() throws Exception {
    server.answers.add(refused(0, 0));
    server.answers.add(ended());
    noRenewal = "the server refused the token: expired";
    assertThat(send("bb", "one\ntwo\nthree\n")).isFalse();

    assertThat(server.delivered).containsExactly("bb:one");
    assertThat(complaints)
        .containsExactly(
            "line 2 may not have been sent: the server refused the token: expired; lines sent: 1");
  }

  @Test
  void whyALineWaitedInVainIsTold() throws Exception {
    server.answers.add(CompletableFuture.failedFuture(new TimeoutException("send: no reply")));
    trouble = "nothing listens at edge1:9000";
    assertThat(send("bb", "one\n")).isFalse();

    assertThat(complaints)
        .containsExactly(
            "line 1 may not have been sent: there is no connection: nothing listens at"
                + " edge1:9000; lines sent: 0");
  }

  private boolean send(@Nullable String peer, String input) throws InterruptedException {
    PipedMessages messages = messages(peer, input, Duration.ofSeconds(30));
    boolean all = messages.run();
    assertThat(messages.sent()).isEqualTo(server.delivered.size());
    return all;
  }

  private PipedMessages messages(@Nullable String peer, String input, Duration patience) {
    return new PipedMessages(
        lines(input),
        peer,
        new PipedMessages.Opening() {
          @Override
          public ChatOps session() throws NoSessionException {
            if (end != null) {
              throw new NoSessionException(end);
            }
            sessions++;
            return server;
          }

          @Override
          public ChatOps renewed() throws NoSessionException {
            if (noRenewal != null) {
              throw new NoSessionException(noRenewal);
            }
            renewals++;
            return server;
          }

          @Override
          public @Nullable String trouble() {
            return trouble;
          }
        },
        complaints::add,
        patience);
  }

  private static PipedLines lines(String input) {
    return new PipedLines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  private static CompletableFuture<Sent> ended() {
    return CompletableFuture.failedFuture(new ClientClosedException("the client is closed"));
  }

  private static CompletableFuture<Sent> refused(int code, long retryAfter) {
    return code == 0
        ? CompletableFuture.completedFuture(new Sent("u", new Position(Stream.P2P, 0, 0), 0))
        : CompletableFuture.failedFuture(
            new RefusedException(
                new ServerResponse(
                    code,
                    JsonNodeFactory.instance.objectNode().put("retryAfter", retryAfter),
                    "refused")));
  }

  /** Acknowledges, unless the test has another answer for it. */
  private static final class Server extends ChatOps {
    final List<Draft> drafts = new ArrayList<>();
    final List<String> delivered = new ArrayList<>();
    final Queue<CompletableFuture<Sent>> answers = new ArrayDeque<>();
    int asked;

    @Override
    protected CompletableFuture<ServerResponse> submit(Request request) {
      Draft draft = request.draft();
      if (draft == null) {
        asked++;
        return new CompletableFuture<>();
      }
      drafts.add(draft);
      CompletableFuture<Sent> answer = answers.isEmpty() ? refused(0, 0) : answers.remove();
      if (answer.isDone() && !answer.isCompletedExceptionally()) {
        delivered.add(draft.to() + ":" + draft.content());
      }
      return answer.thenApply(FakeChatServer::sent);
    }
  }
}
