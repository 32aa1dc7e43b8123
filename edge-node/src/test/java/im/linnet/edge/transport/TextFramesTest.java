package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFramesTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void givesTheArrayOfAPushToEachRecipientAsItIs() {
    byte[] push = bytes("{\"op\":\"message\",\"content\":\"hé \uD83D\uDE00\"}");
    for (int recipient = 0; recipient < 3; recipient++) {
      List<WebSocketFrame> message = TextFrames.of(List.of(push), 1_000);
      assertThat(message).hasSize(1);
      assertThat(message.getFirst())
          .isInstanceOf(TextWebSocketFrame.class)
          .matches(WebSocketFrame::isFinalFragment);
      assertThat(message.getFirst().content().array()).isSameAs(push);
    }
  }

  @Test
  void putsSeveralFramesIntoOneMessageOnALineEach() {
    List<byte[]> frames = List.of(bytes("{\"a\":\"é\"}"), bytes("{}"), bytes("{\"b\":1}"));
    List<WebSocketFrame> message = TextFrames.of(frames, 1_000);
    assertThat(message).hasSize(1);
    assertThat(message.getFirst().content().toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":\"é\"}\n{}\n{\"b\":1}");
    assertThat(TextFrames.length(frames)).isEqualTo(message.getFirst().content().readableBytes());
  }

  @Test
  void cutsAMessageThatIsLongerThanAFragment() {
    byte[] frame = new byte[25];
    List<WebSocketFrame> message = TextFrames.of(List.of(frame), 10);
    assertThat(message).hasSize(3);
    assertThat(message.get(0)).isInstanceOf(TextWebSocketFrame.class);
    assertThat(message.get(1)).isInstanceOf(ContinuationWebSocketFrame.class);
    assertThat(message.stream().map(WebSocketFrame::isFinalFragment))
        .containsExactly(false, false, true);
    assertThat(message.stream().mapToInt(part -> part.content().readableBytes()))
        .containsExactly(10, 10, 5);
  }

  @Test
  void aMessageInSeveralFramesIsWrittenWholeAndThenReleased() {
    byte[] text = bytes("0123456789".repeat(3));
    EmbeddedChannel socket = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
    List<WebSocketFrame> message = TextFrames.of(List.of(text), 12);
    for (WebSocketFrame frame : message) {
      assertThat(socket.writeOutbound(frame)).isTrue();
    }
    StringBuilder written = new StringBuilder();
    for (ByteBuf part = socket.readOutbound(); part != null; part = socket.readOutbound()) {
      written.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    assertThat(written.toString().replaceAll("[^0-9]", "")).isEqualTo("0123456789".repeat(3));
    assertThat(message).allMatch(frame -> frame.refCnt() == 0);
  }
}
