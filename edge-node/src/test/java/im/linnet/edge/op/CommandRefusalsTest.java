package im.linnet.edge.op;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.edge.command.Answer;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.frame.ReplyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code aa} is told of a command that the decider refuses. */
class CommandRefusalsTest {
  private final OpWorld world = new OpWorld();

  private String refused(String fields, ReplyCode code, String message) {
    world.ask("{'id':'1',".replace('\'', '"') + fields.replace('\'', '"') + "}");
    Position place = new Position(Stream.MUTUAL, 0, 0);
    world.verdicts.getLast().complete(new Answer(code, message, place, 1_000, false));
    return world.last();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          'op':'send','kind':'mutual','type':'accept_friend','to':'bb';    to
          'op':'block.add','user':'bb';                                    user
          'op':'topic.create','topic':'tea','members':['bb'];              members
          'op':'topic.invite','topic':'tea','members':['bb'];              members
          'op':'topic.join','topic':'tea';                                 topic
          """)
  void whatIsTooLargeIsNamed(String fields, String field) {
    assertThat(refused(fields, ReplyCode.TOO_LARGE, field + ": there is no room"))
        .contains(
            "\"code\":4013",
            "\"message\":\"too_large: " + field + ": there is no room\"",
            "\"data\":{\"field\":\"" + field + "\"}");
  }

  @Test
  void anotherRefusalIsOfTheCommandAsAWhole() {
    assertThat(refused("'op':'topic.join','topic':'tea'", ReplyCode.FORBIDDEN, "by invitation"))
        .contains("\"message\":\"forbidden: by invitation\",\"data\":{}");
  }
}
