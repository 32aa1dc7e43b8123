package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Before the decoder that stands behind it in an edge, with the smallest bound that it allows. */
class FrameCutterTest {
  private final EmbeddedChannel edge = edge();

  private static EmbeddedChannel edge() {
    return new EmbeddedChannel(
        new FrameCutter(), new WebSocket13FrameDecoder(true, false, FrameCutter.FRAGMENT));
  }

  /** What a message came out as. */
  private record Got(Class<?> type, String payload) {}

  private static Got got(Class<?> type, byte[] payload) {
    return new Got(type, Unpooled.wrappedBuffer(payload).toString(StandardCharsets.ISO_8859_1));
  }

  private static byte[] bytes(WebSocketFrame frame) {
    EmbeddedChannel client = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
    client.writeOutbound(frame);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuf out = client.readOutbound(); out != null; out = client.readOutbound()) {
      byte[] part = new byte[out.readableBytes()];
      out.readBytes(part);
      bytes.writeBytes(part);
      out.release();
    }
    return bytes.toByteArray();
  }

  /** Messages as they are put together again; a ping may stand in the midst of one. */
  private static List<Got> messages(EmbeddedChannel from) {
    List<Got> messages = new ArrayList<>();
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    Class<?> type = null;
    for (WebSocketFrame frame = from.readInbound(); frame != null; frame = from.readInbound()) {
      byte[] payload = new byte[frame.content().readableBytes()];
      frame.content().readBytes(payload);
      assertThat(payload.length).isLessThanOrEqualTo(FrameCutter.FRAGMENT);
      if (frame instanceof PingWebSocketFrame) {
        messages.add(got(PingWebSocketFrame.class, payload));
      } else {
        type = frame instanceof ContinuationWebSocketFrame ? type : frame.getClass();
        gathered.writeBytes(payload);
        if (frame.isFinalFragment()) {
          messages.add(got(type, gathered.toByteArray()));
          gathered.reset();
        }
      }
      frame.release();
    }
    return messages;
  }

  @Test
  void changesNoMessageHoweverItIsFramedAndTheStreamIsSplit() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<Got> sent = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        int[] lengths = {0, 1, 125, 126, 127, 32_767, 32_768, 32_769, 65_535, 65_536, 200_001};
        byte[] payload = new byte[lengths[random.nextInt(lengths.length)]];
        random.nextBytes(payload);
        int cut = random.nextInt(payload.length + 1);
        ByteBuf first = Unpooled.copiedBuffer(payload, 0, cut);
        boolean text = random.nextBoolean();
        stream.writeBytes(
            bytes(
                text
                    ? new TextWebSocketFrame(false, 0, first)
                    : new BinaryWebSocketFrame(false, 0, first)));
        byte[] ping = new byte[random.nextInt(126)];
        stream.writeBytes(bytes(new PingWebSocketFrame(Unpooled.copiedBuffer(ping))));
        sent.add(got(PingWebSocketFrame.class, ping));
        stream.writeBytes(
            bytes(
                new ContinuationWebSocketFrame(
                    true, 0, Unpooled.copiedBuffer(payload, cut, payload.length - cut))));
        sent.add(got(text ? TextWebSocketFrame.class : BinaryWebSocketFrame.class, payload));
      }
      byte[] all = stream.toByteArray();
      EmbeddedChannel each = edge();
      int from = 0;
      while (from < all.length) {
        int length =
            Math.min(all.length - from, 1 + random.nextInt(random.nextBoolean() ? 9 : 70_000));
        each.writeInbound(Unpooled.copiedBuffer(all, from, length));
        from += length;
      }
      assertThat(messages(each)).as("seed %d", seed).isEqualTo(sent);
      assertThat(each.finish()).isFalse();
    }
  }

  @Test
  void passesShortFramesOnAsTheyCame() {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameCutter());
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int length : new int[] {0, 125, 126, 32_768}) {
      stream.writeBytes(
          bytes(new TextWebSocketFrame(true, 0, Unpooled.buffer().writeZero(length))));
    }
    ByteBuf in = Unpooled.wrappedBuffer(stream.toByteArray());
    channel.writeInbound(in);
    ByteBuf out = channel.readInbound();
    assertThat(out).isSameAs(in);
    out.release();
  }

  @Test
  void handsOnWhatCameOfAFrameThatHasNoEnd() {
    byte[] header = {(byte) 0x81, (byte) 0xff, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0};
    edge.writeInbound(Unpooled.wrappedBuffer(header));
    for (int i = 0; i < 100; i++) {
      edge.writeInbound(Unpooled.buffer().writeZero(10_000));
    }
    int came = 0;
    for (WebSocketFrame frame = edge.readInbound(); frame != null; frame = edge.readInbound()) {
      assertThat(frame.isFinalFragment()).isFalse();
      came += frame.content().readableBytes();
      frame.release();
    }
    assertThat(came).isEqualTo(1_000_000 / FrameCutter.FRAGMENT * FrameCutter.FRAGMENT);
  }

  @Test
  void leavesALengthWithItsHighestBitSetToTheDecoder() {
    byte[] header = {(byte) 0x81, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
    assertThatThrownBy(() -> edge.writeInbound(Unpooled.wrappedBuffer(header)))
        .isInstanceOf(CorruptedWebSocketFrameException.class);
  }

  @Test
  void leavesALengthThatIsWrittenInMoreBytesThanItNeedsToTheDecoder() {
    byte[][] headers = {
      {(byte) 0x81, (byte) 0xfe, 0, 5, 0, 0, 0, 0},
      {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0}
    };
    for (byte[] header : headers) {
      EmbeddedChannel each = edge();
      assertThatThrownBy(
              () -> {
                for (byte next : header) {
                  each.writeInbound(Unpooled.wrappedBuffer(new byte[] {next}));
                }
              })
          .isInstanceOf(CorruptedWebSocketFrameException.class);
    }
  }
}
