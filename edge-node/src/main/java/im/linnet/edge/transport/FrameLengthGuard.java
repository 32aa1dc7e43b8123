package im.linnet.edge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Reads the lengths of WebSocket frames (RFC 6455, section 5.2) before the decoder does. The
 * decoder would close the socket on a frame above its bound without a code of ours, and with input
 * unread, so that the client is reset; this one drops what comes from there on, so that the session
 * can say why and close in peace. On the socket's event loop.
 */
final class FrameLengthGuard extends ChannelInboundHandlerAdapter {
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;

  private final long limit;
  private final Runnable tooLong;
  private boolean tripped;
  private boolean second;
  private int lengthBytesLeft;
  private int maskBytes;
  private long length;
  private long left;

  /**
   * Makes one.
   *
   * @param limit bytes of the longest payload
   * @param tooLong told once, when a frame announces more
   */
  FrameLengthGuard(long limit, Runnable tooLong) {
    this.limit = limit;
    this.tooLong = tooLong;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!(message instanceof ByteBuf bytes)) {
      super.channelRead(context, message);
    } else if (tripped) {
      ReferenceCountUtil.release(message);
    } else if (fits(bytes)) {
      super.channelRead(context, message);
    } else {
      tripped = true;
      ReferenceCountUtil.release(message);
      tooLong.run();
    }
  }

  private boolean fits(ByteBuf bytes) {
    int i = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (i < end) {
      if (left > 0) {
        long skipped = Math.min(left, end - i);
        left -= skipped;
        i += (int) skipped;
      } else if (!header(bytes.getUnsignedByte(i++))) {
        return false;
      }
    }
    return true;
  }

  /** Takes the next byte of a header; false where the frame is too long. */
  private boolean header(int next) {
    if (lengthBytesLeft > 0) {
      length = length << 8 | next;
      lengthBytesLeft--;
    } else if (!second) {
      second = true;
      return true;
    } else {
      maskBytes = (next & MASKED) == 0 ? 0 : MASK_BYTES;
      int code = next & ~MASKED;
      lengthBytesLeft = code == 126 ? 2 : code == 127 ? 8 : 0;
      length = lengthBytesLeft == 0 ? code : 0;
    }
    if (lengthBytesLeft > 0) {
      return true;
    }
    second = false;
    left = length + maskBytes;
    // A length with its highest bit set is negative here, and is too long as well.
    return length >= 0 && length <= limit;
  }
}
