package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestClockTest {
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final EmbeddedChannel socket =
      new EmbeddedChannel(new HttpRequestDecoder(), new HttpResponseEncoder());

  @BeforeEach
  void start() {
    socket.freezeTime();
    RequestClock.start(socket.pipeline(), REQUEST, IDLE);
  }

  private void send(String text) {
    socket.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private void answer(HttpResponseStatus status) {
    socket.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void pass(long seconds) {
    socket.advanceTimeBy(seconds, TimeUnit.SECONDS);
    socket.runScheduledPendingTasks();
  }

  /** Sends a byte a second. */
  private void dribble(String text) {
    for (char each : text.toCharArray()) {
      if (socket.isOpen()) {
        send(Character.toString(each));
        pass(1);
      }
    }
  }

  @Test
  void cutsAClientThatSendsNothing() {
    pass(9);
    assertThat(socket.isOpen()).isTrue();
    pass(1);
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void cutsARequestLineThatDribbles() {
    dribble("GET /123");
    assertThat(socket.isOpen()).isTrue();
    dribble("456789");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void cutsHeadersThatDribble() {
    send("GET / HTTP/1.1\r\n");
    dribble("Host: localhost");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void cutsABodyThatDribblesAlsoWhereItIsAnsweredAlready() {
    send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
    answer(HttpResponseStatus.CONTINUE);
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
    dribble("12345678");
    assertThat(socket.isOpen()).isTrue();
    dribble("123");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void cutsTheSecondRequestThatDribbles() {
    send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    answer(HttpResponseStatus.OK);
    pass(30);
    dribble("GET /123456789");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void cutsTheSecondOfTwoRequestsThatCameTogetherWhereItsBodyDribbles() {
    send(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
            + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n");
    answer(HttpResponseStatus.OK);
    dribble("12345678");
    assertThat(socket.isOpen()).isTrue();
    dribble("123");
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void letsAClientBeIdleBetweenRequestsForLongerAndNotForEver() {
    for (int i = 0; i < 3; i++) {
      send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      answer(HttpResponseStatus.OK);
      pass(59);
      assertThat(socket.isOpen()).isTrue();
    }
    pass(1);
    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void letsTheServerTakeItsTimeToAnswerRequestsThatCameTogether() {
    send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    pass(20);
    answer(HttpResponseStatus.OK);
    pass(20);
    answer(HttpResponseStatus.OK);
    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void looksAwayOnceTheSocketCarriesNoHttpAnyMore() {
    send("GET /");
    RequestClock.stop(socket.pipeline());
    pass(3_600);
    assertThat(socket.isOpen()).isTrue();
  }
}
