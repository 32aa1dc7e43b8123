package im.linnet.edge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds text messages of a WebSocket from frames that are UTF-8 already. A single frame is
 * wrapped, not copied: the sockets of all recipients of a push write one shared array.
 */
final class TextFrames {
  private TextFrames() {}

  /** The length in bytes of the text message that carries those frames, one per line. */
  static int length(List<byte[]> frames) {
    int length = frames.size() - 1;
    for (byte[] frame : frames) {
      length += frame.length;
    }
    return length;
  }

  /**
   * The text message that carries those frames, one per line.
   *
   * @param fragment the length of the longest WebSocket frame in bytes; a longer message is cut
   */
  static List<WebSocketFrame> of(List<byte[]> frames, int fragment) {
    ByteBuf text = Unpooled.wrappedBuffer(frames.size() == 1 ? frames.getFirst() : joined(frames));
    if (text.readableBytes() <= fragment) {
      return List.of(new TextWebSocketFrame(text));
    }
    List<WebSocketFrame> message = new ArrayList<>(2 + text.readableBytes() / fragment);
    // Each frame is released once it is written, so each retains the bytes.
    while (text.readableBytes() > fragment) {
      add(message, text.readRetainedSlice(fragment), false);
    }
    add(message, text, true);
    return message;
  }

  private static void add(List<WebSocketFrame> message, ByteBuf part, boolean last) {
    message.add(
        message.isEmpty()
            ? new TextWebSocketFrame(last, 0, part)
            : new ContinuationWebSocketFrame(last, 0, part));
  }

  private static byte[] joined(List<byte[]> frames) {
    byte[] message = new byte[length(frames)];
    int at = 0;
    for (byte[] frame : frames) {
      if (at > 0) {
        message[at++] = '\n';
      }
      System.arraycopy(frame, 0, message, at, frame.length);
      at += frame.length;
    }
    return message;
  }
}
