package im.linnet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  private static byte[] object(String text) {
    return JsonBytes.object(json -> json.writeStringField("t", text));
  }

  @Test
  void textBeyondAsciiIsWrittenAsItself() {
    assertThat(object("é你😀\u2028"))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"t\":\"é你😀\u2028\"}");
    String long8000 = "a😀".repeat(8_000);
    assertThat(object(long8000))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"t\":\"" + long8000 + "\"}");
  }

  @Test
  void anObjectWithoutFields() {
    assertThat(JsonBytes.object(json -> {})).asString().isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\ud800b", "\udc00", "\ud800\ud800", "\udc00\ud800"})
  void textWithoutAUtf8FormStaysAnEscape(String text) {
    byte[] object = object(text);
    assertThat(Utf8.isObjectLine(object)).isTrue();
    assertThat(object).asString().contains("\\uD");
  }

  @Test
  void manyThreadsWriteAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<byte[]> done :
          IntStream.range(0, 400)
              .mapToObj(i -> threads.submit(() -> object("x".repeat(i))))
              .toList()) {
        byte[] bytes = done.get();
        assertThat(Utf8.isObjectLine(bytes)).isTrue();
      }
    }
  }
}
