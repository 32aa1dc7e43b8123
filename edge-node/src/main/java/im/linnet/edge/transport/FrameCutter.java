package im.linnet.edge.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Cuts long WebSocket frames (RFC 6455, section 5.2) into fragments before the decoder sees them.
 * The decoder gathers a whole frame. At a frame above its bound it closes the socket, without the
 * protocol's close code and with unread input. A cut message may have any length, like a TCP
 * stream, and a stranger cannot make the edge hold more than a fragment. A fragment has the mask of
 * its frame. The mask fits because all fragments but the last have a multiple of its four bytes. On
 * the socket's event loop.
 */
final class FrameCutter extends ChannelInboundHandlerAdapter {
  /** Bytes of a fragment's payload. */
  static final int FRAGMENT = 32 << 10;

  private static final int FINAL = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final int LONGEST_HEADER = 2 + Long.BYTES + MASK_BYTES;

  // The received part of the current frame's header; complete while payload of the frame is left.
  private final byte[] header = new byte[LONGEST_HEADER];
  private int headerBytes;
  private long left;
  private int fragmentLeft;
  private boolean begun;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (!(message instanceof ByteBuf bytes) || (headerBytes == 0 && isWholeAndShort(bytes))) {
      super.channelRead(context, message);
      return;
    }
    try {
      while (bytes.isReadable()) {
        if (fragmentLeft > 0) {
          payload(context, bytes);
        } else {
          header(context, bytes.readByte());
        }
      }
    } finally {
      bytes.release();
    }
  }

  /** Whether the bytes are whole frames only, all of them short enough to pass uncut. */
  private static boolean isWholeAndShort(ByteBuf bytes) {
    int i = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (end - i >= 2) {
      int second = bytes.getByte(i + 1);
      int length = second & ~MASKED & 0xff;
      int head = 2 + ((second & MASKED) == 0 ? 0 : MASK_BYTES);
      if (length == SHORT_LENGTH && end - i >= 4) {
        head += 2;
        length = bytes.getUnsignedShort(i + 2);
      } else if (length >= SHORT_LENGTH) {
        return false;
      }
      if (length > FRAGMENT) {
        return false;
      }
      i += head + length;
    }
    return i == end;
  }

  private void payload(ChannelHandlerContext context, ByteBuf bytes) {
    int passed = Math.min(fragmentLeft, bytes.readableBytes());
    fragmentLeft -= passed;
    context.fireChannelRead(bytes.readRetainedSlice(passed));
    if (fragmentLeft == 0) {
      next(context);
    }
  }

  private void header(ChannelHandlerContext context, byte next) {
    header[headerBytes++] = next;
    if (headerBytes < 2 || headerBytes < 2 + lengthBytes() + maskBytes()) {
      return;
    }
    left = length();
    begun = false;
    if (left < shortestOf(lengthBytes())) {
      // Not a length, or not in its shortest form: the decoder shall refuse it.
      context.fireChannelRead(
          context.alloc().buffer(headerBytes).writeBytes(header, 0, headerBytes));
      headerBytes = 0;
    } else {
      next(context);
    }
  }

  /** Begins the frame's next fragment, or the next frame. */
  private void next(ChannelHandlerContext context) {
    if (begun && left == 0) {
      headerBytes = 0;
      return;
    }
    fragmentLeft = (int) Math.min(left, FRAGMENT);
    left -= fragmentLeft;
    int first = begun ? header[0] & ~OPCODE : header[0];
    int mask = header[1] & MASKED;
    ByteBuf head = context.alloc().buffer(LONGEST_HEADER);
    head.writeByte(left == 0 ? first : first & ~FINAL);
    if (fragmentLeft < SHORT_LENGTH) {
      head.writeByte(mask | fragmentLeft);
    } else {
      head.writeByte(mask | SHORT_LENGTH).writeShort(fragmentLeft);
    }
    head.writeBytes(header, headerBytes - maskBytes(), maskBytes());
    begun = true;
    if (fragmentLeft == 0) {
      headerBytes = 0;
    }
    context.fireChannelRead(head);
  }

  private int maskBytes() {
    return (header[1] & MASKED) == 0 ? 0 : MASK_BYTES;
  }

  private int lengthBytes() {
    return switch (header[1] & ~MASKED & 0xff) {
      case SHORT_LENGTH -> Short.BYTES;
      case LONG_LENGTH -> Long.BYTES;
      default -> 0;
    };
  }

  /** The least length that needs a length field of this many bytes. */
  private static long shortestOf(int lengthBytes) {
    return switch (lengthBytes) {
      case Short.BYTES -> SHORT_LENGTH;
      case Long.BYTES -> 1 << Short.SIZE;
      default -> 0;
    };
  }

  private long length() {
    int bytes = lengthBytes();
    long length = bytes == 0 ? header[1] & ~MASKED & 0xff : 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | (header[2 + i] & 0xff);
    }
    return length;
  }
}
