package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  @ParameterizedTest
  @EnumSource(TopicChange.class)
  void aChangeOfATopicHasItsKind(TopicChange change) throws IOException {
    Position at = new Position(Stream.TOPIC, 7, 12);
    assertThat(
            read(
                "{'op':'topic','at':'topic/7/12','time':5,'event':'"
                    + change.wire()
                    + "','topic':'t1','by':'aa','uuid':'u','members':['bb','cc'],'name':'Tea'}"))
        .isEqualTo(
            new ServerFrame.Push(
                at,
                new ClientEvent.TopicChanged(
                    "t1", change, "aa", List.of("bb", "cc"), "Tea", at, 5)));
  }

  @Test
  void anUnknownChangeOfATopicIsPassedOnAndKeepsItsPlace() throws IOException {
    ServerFrame read =
        read("{'op':'topic','at':'topic/7/12','event':'painted','topic':'t1','by':'aa'}");

    assertThat(read).isInstanceOf(ServerFrame.Push.class);
    assertThat(((ServerFrame.Push) read).at()).isEqualTo(new Position(Stream.TOPIC, 7, 12));
    assertThat(((ServerFrame.Push) read).event()).isInstanceOf(ClientEvent.Other.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'topic','at':'topic/7/12','event':'left','by':'aa'}",
        "{'op':'topic','at':'topic/7/12','event':'left','topic':'t1'}",
        "{'op':'topic','event':'left','topic':'t1','by':'aa'}"
      })
  void aChangeWithoutItsTopicItsActorOrItsPlaceIsPassedOver(String frame) throws IOException {
    assertThat(read(frame)).isInstanceOf(ServerFrame.Unreadable.class);
  }

  private static ServerFrame read(String frame) throws IOException {
    byte[] bytes = frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return FrameReader.read(bytes, 0, bytes.length);
  }
}
