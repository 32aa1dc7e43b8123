package im.linnet.log.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
  // The authors' vectors: key 00..0f, input 00, 01, ... of that length.
  private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @ParameterizedTest
  @CsvSource({
    "0, a3817f04ba25a8e66df67214c7550293",
    "1, da87c1d86b99af44347659119b22fc45",
    "2, 8177228da4a45dc7fca38bdef60affe4",
    "3, 9c70b60c5267a94e5f33b6b02985ed51"
  })
  void agreesWithTheReferenceVectors(int length, String expected) {
    byte[] input = new byte[length + 3];
    IntStream.range(0, length).forEach(i -> input[i] = (byte) i);

    hash.hash(input, length);

    byte[] result =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(hash.low())
            .putLong(hash.high())
            .array();
    assertThat(HexFormat.of().formatHex(result)).isEqualTo(expected);
  }

  @Test
  void looksAtEveryByteOfALongInput() {
    byte[] input = new byte[100];
    int plain = hash.hash(input);
    for (int i = 0; i < input.length; i++) {
      byte[] other = input.clone();
      other[i] = 1;
      assertThat(hash.hash(other)).as("byte %d", i).isNotEqualTo(plain);
    }
  }
}
