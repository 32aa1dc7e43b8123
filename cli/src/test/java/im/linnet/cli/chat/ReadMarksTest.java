package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.ChatOps;
import im.linnet.client.Request;
import im.linnet.client.ServerResponse;
import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadMarksTest {
  private final List<List<String>> asked = new ArrayList<>();
  private final List<CompletableFuture<Void>> replies = new ArrayList<>();
  private final StringWriter printed = new StringWriter();
  private final Screen screen =
      new Screen(
          new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
          ZoneOffset.UTC);
  private final ReadMarks marks = new ReadMarks(new SlowServer(), new Answers(screen), screen);

  @Test
  void oneRequestIsUnderWayAndTheNextTakesWhatCameMeanwhile() {
    marks.add(Stream.P2P, "aa", List.of("u1"));
    marks.add(Stream.P2P, "aa", List.of("u2"));
    marks.add(Stream.P2P, "aa", List.of("u3"));
    assertThat(asked).containsExactly(List.of("u1"));
    replies.getFirst().complete(null);
    assertThat(asked).containsExactly(List.of("u1"), List.of("u2", "u3"));
    assertThat(marks.settled()).isNotDone();
    replies.getLast().complete(null);

    assertThat(marks.settled()).isCompleted();
  }

  @Test
  void aRequestNamesAtMostTwoHundredOfOnePeer() {
    marks.add(Stream.P2P, "aa", IntStream.range(0, 450).mapToObj(i -> "u" + i).toList());
    marks.add(Stream.P2P, "cc", List.of("v"));
    for (int i = 0; i < 4; i++) {
      replies.get(i).complete(null);
    }

    assertThat(asked).extracting(List::size).containsExactly(200, 200, 50, 1);
    assertThat(marks.settled()).isCompleted();
  }

  @Test
  void whatCannotBeMarkedIsSaidOnceAndDoesNotStopTheNext() {
    marks.add(Stream.P2P, "aa", List.of("u1"));
    marks.add(Stream.P2P, "aa", List.of("u2"));
    replies.getFirst().completeExceptionally(FakeChatServer.UNAVAILABLE);
    assertThat(marks.settled()).isCompleted();
    marks.add(Stream.P2P, "aa", List.of("u3"));

    assertThat(asked).containsExactly(List.of("u1"), List.of("u3"));
    assertThat(printed.toString().lines())
        .containsExactly("* not marked as read: 5003 unavailable");
  }

  @Test
  void whatWaitsIsBounded() {
    marks.add(Stream.P2P, "aa", List.of("first"));
    for (int i = 0; i < 20_000; i++) {
      marks.add(Stream.P2P, "aa", List.of("u" + i));
    }
    for (int i = 0; i < replies.size(); i++) {
      replies.get(i).complete(null);
    }

    assertThat(asked.stream().mapToInt(List::size).sum()).isEqualTo(10_001);
  }

  private final class SlowServer extends ChatOps {
    @Override
    protected CompletableFuture<ServerResponse> submit(Request request) {
      assertThat(request.op()).isEqualTo("read");
      asked.add(FakeChatServer.uuids(FakeChatServer.json(JsonBytes.object(request.fields()))));
      replies.add(new CompletableFuture<>());
      return replies.getLast().thenCompose(done -> FakeChatServer.ok("{}"));
    }
  }
}
