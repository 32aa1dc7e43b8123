package im.linnet.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One frame of RFC 6455, section 5.2: read as a server sends it, written as a client must, masked.
 *
 * @param last whether a message ends with it
 * @param opcode its kind, such as text, ping or close
 * @param payload its bytes, unmasked
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record WebSocketFrame(boolean last, int opcode, byte[] payload) {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FINAL_BIT = 0x80;
  private static final int MASK_BIT = 0x80;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;

  /** The next frame, or null at the end of the stream. */
  static @Nullable WebSocketFrame read(InputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    DataInputStream data = new DataInputStream(in);
    int length = data.readUnsignedByte();
    if (length == SHORT_LENGTH) {
      length = data.readUnsignedShort();
    } else if (length == LONG_LENGTH) {
      length = Math.toIntExact(data.readLong());
    } else if (length > LONG_LENGTH) {
      throw new IOException("a server's frame must not be masked");
    }
    byte[] payload = new byte[length];
    data.readFully(payload);
    return new WebSocketFrame((first & FINAL_BIT) != 0, first & 0x0f, payload);
  }

  /** Its bytes, masked with this key. */
  byte[] masked(int key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte((last ? FINAL_BIT : 0) | opcode);
      if (payload.length < SHORT_LENGTH) {
        out.writeByte(MASK_BIT | payload.length);
      } else if (payload.length <= 0xffff) {
        out.writeByte(MASK_BIT | SHORT_LENGTH);
        out.writeShort(payload.length);
      } else {
        out.writeByte(MASK_BIT | LONG_LENGTH);
        out.writeLong(payload.length);
      }
      out.writeInt(key);
      for (int i = 0; i < payload.length; i++) {
        out.writeByte(payload[i] ^ (key >>> (24 - 8 * (i % 4))));
      }
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
