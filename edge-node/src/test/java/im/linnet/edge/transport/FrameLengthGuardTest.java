package im.linnet.edge.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameLengthGuardTest {
  private static final int LIMIT = 70_000;

  private final AtomicInteger tripped = new AtomicInteger();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new FrameLengthGuard(LIMIT, tripped::incrementAndGet));

  private static byte[] frame(int length, boolean masked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(0x81);
    int mask = masked ? 0x80 : 0;
    if (length < 126) {
      bytes.write(mask | length);
    } else if (length < 65_536) {
      bytes.write(mask | 126);
      bytes.write(length >> 8);
      bytes.write(length);
    } else {
      bytes.write(mask | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.write((int) ((long) length >> shift));
      }
    }
    bytes.writeBytes(new byte[length + (masked ? 4 : 0)]);
    return bytes.toByteArray();
  }

  @Test
  void passesFramesWithinTheLimitHoweverTheyAreSplit() {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT}) {
        stream.writeBytes(frame(length, random.nextBoolean()));
      }
      byte[] bytes = stream.toByteArray();
      int passed = 0;
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(9_000));
        channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, to)));
        ByteBuf out = channel.readInbound();
        passed += out.readableBytes();
        out.release();
        from = to;
      }
      assertThat(passed).isEqualTo(bytes.length);
      assertThat(tripped).hasValue(0);
    }
  }

  @Test
  void tripsOnceOnALongerFrameAndDropsWhatFollows() {
    channel.writeInbound(Unpooled.wrappedBuffer(frame(LIMIT + 1, true)));
    channel.writeInbound(Unpooled.wrappedBuffer(frame(LIMIT + 1, true)));
    assertThat((Object) channel.readInbound()).isNull();
    assertThat(tripped).hasValue(1);
  }

  @Test
  void tripsOnALengthWithItsHighestBitSet() {
    byte[] header = {(byte) 0x81, (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1};
    channel.writeInbound(Unpooled.wrappedBuffer(header));
    assertThat(tripped).hasValue(1);
  }
}
