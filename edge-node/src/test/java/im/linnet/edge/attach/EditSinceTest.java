package im.linnet.edge.attach;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.EditEvent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.RecallEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditSinceTest {
  private static final MessageId MESSAGE = new MessageId(Stream.TOPIC, "tea", "u", "aa");

  private static long of(InboxEvent event) {
    return EditSince.of(InboxEventCodec.encode(event));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "new", "\"", "\\", ",\"since\":\"topic/0/7\"}", "\"}", "\u00e9"})
  void itIsWhatTheEditSays(String content) {
    Position since = new Position(Stream.TOPIC, 3, 1L << 40);
    assertThat(of(new EditEvent(MESSAGE, content, null, since))).isEqualTo(1L << 40);
    assertThat(of(new EditEvent(MESSAGE, content, null))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anotherProducersOrderOfFieldsHidesNothing() {
    String value =
        """
        {"since": "topic/3/77", "op":"edit","kind":"topic","uuid":"u","from":"aa","to":"tea", "more":1,"content":"x"}""";
    assertThat(EditSince.of(value.getBytes(StandardCharsets.UTF_8))).isEqualTo(77);
  }

  @Test
  void otherRecordsHaveNone() {
    assertThat(of(new RecallEvent(MESSAGE, null))).isEqualTo(Long.MAX_VALUE);
    String text = "\",\"since\":\"topic/0/7\"}";
    assertThat(of(new MessageEvent(Stream.TOPIC, "u", "aa", "tea", "text", text)))
        .isEqualTo(Long.MAX_VALUE);
    assertThat(of(new MessageEvent(Stream.TOPIC, "u", "aa", "tea", "text", "since")))
        .isEqualTo(Long.MAX_VALUE);
    for (String value : new String[] {"", "{}", "{\"op\":\"edit\",\"since\":\"no\"}"}) {
      assertThat(EditSince.of(value.getBytes(StandardCharsets.UTF_8))).isEqualTo(Long.MAX_VALUE);
    }
  }
}
