package im.linnet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The types of the given API, the table of the data model and the records of the client agree. */
class DataModelTest {
  /** The given types with their fields. {@code GroupMessage} embeds its {@code Message}. */
  private static final Map<String, List<String>> GIVEN =
      Map.of(
          "Message", List.of("Content", "Sender", "Type"),
          "Presence", List.of("UserId", "Status"),
          "UserInfo", List.of("UserId", "Nickname", "Avatar"),
          "GroupInfo", List.of("GroupId", "GroupName", "OwnerUserId"),
          "GroupMember", List.of("UserId", "GroupId", "JoinTime"),
          "GroupMessage", List.of("Message", "GroupId"),
          "ContactInfo", List.of("UserId", "RemarkName", "Labels"),
          "FriendRequest", List.of("UserId", "ReqUserId", "ReqMessage", "Status"),
          "ServerResponse", List.of("Code", "Data", "Message"));

  private static final Pattern ROW =
      Pattern.compile("\\| `(\\.?)(\\w+)` \\|(.*)\\|(.*)\\| `(\\w+)`.*\\|");

  @Test
  void eachGivenTypeIsARecordWithTheGivenFieldsFirst() throws Exception {
    for (Map.Entry<String, List<String>> given : GIVEN.entrySet()) {
      List<String> components = components(given.getKey());
      assertThat(components.subList(0, given.getValue().size()))
          .as(given.getKey())
          .isEqualTo(given.getValue().stream().map(DataModelTest::component).toList());
    }
  }

  @Test
  void theTableHasEachGivenFieldAndNamesItsComponent() throws Exception {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    String type = "";
    for (String row : table()) {
      Matcher cells = ROW.matcher(row);
      assertThat(cells.matches()).as(row).isTrue();
      String given = cells.group(2);
      String java = cells.group(5);
      if (cells.group(1).isEmpty()) {
        assertThat(java).isEqualTo(given);
        type = given;
        fields.put(type, new ArrayList<>());
      } else {
        assertThat(java).as(row).isEqualTo(component(given));
        fields.get(type).add(given);
      }
    }

    assertThat(fields).isEqualTo(GIVEN);
  }

  private static String component(String field) {
    return Character.toLowerCase(field.charAt(0)) + field.substring(1);
  }

  private static List<String> components(String type) throws ClassNotFoundException {
    RecordComponent[] all = Class.forName("im.linnet.client." + type).getRecordComponents();
    return Arrays.stream(all).map(RecordComponent::getName).toList();
  }

  /** The rows of the table of types, without its head. */
  private static List<String> table() throws IOException {
    String page = Files.readString(Path.of("..", "..", "docs", "data-model.md"));
    String section = page.split("\n## Types of the API\n")[1].split("\n## ")[0];
    return section.lines().filter(line -> line.startsWith("| `")).toList();
  }
}
