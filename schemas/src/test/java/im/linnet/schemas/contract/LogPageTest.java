package im.linnet.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of docs/log.md say what the schemas and the AsyncAPI document say: each event with its
 * Kafka topics, its schema and its columns.
 */
class LogPageTest {
  private static final Path PAGE = Path.of("..", "docs", "log.md");
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  private static final Pattern COLUMN = Pattern.compile("`(\\w+)(\\?)?`(?: \\(([^)]*)\\))?");
  private static final Pattern BETWEEN_COLUMNS = Pattern.compile("(, | or )*");

  /**
   * A row of the table of events.
   *
   * @param topics the Kafka topics that it stands in
   * @param schema the file
   */
  record Row(String type, List<String> topics, String schema, String columns) {
    JsonNode json() {
      return Contract.parse(Contract.read(Contract.schemas().resolve("event").resolve(schema)));
    }

    @Override
    public String toString() {
      return type;
    }
  }

  static List<Row> rows() {
    return table("`ce_type`").stream()
        .map(
            cells ->
                new Row(word(cells.get(0)), words(cells.get(1)), word(cells.get(2)), cells.get(3)))
        .toList();
  }

  /** The rows of the table that begins with that head, each as its cells. */
  private static List<List<String>> table(String head) {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : lines()) {
      inside = line.startsWith("|") && (inside || line.startsWith("| " + head + " |"));
      if (inside) {
        rows.add(BAR.splitAsStream(line).skip(1).map(String::strip).toList());
      }
    }
    assertThat(rows).as(head).hasSizeGreaterThan(2);
    return rows.subList(2, rows.size());
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The words in backticks. */
  private static List<String> words(String cell) {
    return WORD.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  private static String word(String cell) {
    List<String> words = words(cell);
    assertThat(words).as(cell).hasSize(1);
    return words.getFirst();
  }

  @Test
  void everySchemaHasOneRow() {
    assertThat(rows().stream().map(row -> "event/" + row.schema().replace(".json", "")))
        .containsExactlyInAnyOrderElementsOf(Contract.schemaNames("event"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEventsSchemaBearsItsName(Row row) {
    assertThat("." + row.schema()).endsWith("." + row.type() + ".v1.json");
  }

  /** As the AsyncAPI document has its messages, and as the page's table of topics has it. */
  @Test
  void anEventStandsInTheTopicsThatItsRowNames() throws IOException {
    Map<String, Set<String>> schemas = new TreeMap<>();
    Map<String, Set<String>> types = new TreeMap<>();
    for (Row row : rows()) {
      for (String topic : row.topics()) {
        schemas.computeIfAbsent(topic, each -> new TreeSet<>()).add(row.schema());
        types.computeIfAbsent(topic, each -> new TreeSet<>()).add(row.type());
      }
    }
    assertThat(schemas).isEqualTo(channels());
    Set<String> known = new HashSet<>();
    types.values().forEach(known::addAll);
    Map<String, Set<String>> told = new TreeMap<>();
    for (List<String> cells : table("topic")) {
      String topic = word(cells.getFirst());
      Set<String> named = new TreeSet<>(words(cells.get(2)));
      named.retainAll(known);
      if (!topic.endsWith(".dlq")) {
        told.put(topic, named);
      }
    }
    assertThat(types).isEqualTo(told);
  }

  /** The schema files of the events of each Kafka topic. */
  private static Map<String, Set<String>> channels() throws IOException {
    JsonNode document =
        new YAMLMapper().readTree(Files.readAllBytes(Contract.schemas().resolve("asyncapi.yaml")));
    Map<String, Set<String>> channels = new TreeMap<>();
    for (JsonNode channel : document.path("channels")) {
      for (JsonNode message : channel.path("messages")) {
        String file =
            document
                .at(message.path("$ref").asText().substring(1))
                .at("/payload/schema/$ref")
                .asText("");
        if (file.startsWith("./event/")) {
          channels
              .computeIfAbsent(channel.path("address").asText(), each -> new TreeSet<>())
              .add(file.substring("./event/".length()));
        }
      }
    }
    return channels;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void anEventsColumnsAreTheFieldsOfItsSchema(Row row) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    Set<String> required = new HashSet<>();
    gather(row.json(), fields, required);
    Set<String> named = new HashSet<>();
    Matcher column = COLUMN.matcher(row.columns());
    while (column.find()) {
      String name = column.group(1);
      assertThat(named.add(name)).as("%s comes once", name).isTrue();
      assertThat(fields).containsKey(name);
      assertThat(column.group(2) == null)
          .as("%s is always there", name)
          .isEqualTo(required.contains(name));
      String note = column.group(3) == null ? "" : column.group(3);
      isTrue(name, note, fields.get(name));
    }
    assertThat(named).isEqualTo(fields.keySet());
    assertThat(column.replaceAll("")).matches(BETWEEN_COLUMNS);
  }

  /**
   * Every field of a value, its own and those of what it refers to, and those that it must have.
   */
  private static void gather(JsonNode schema, Map<String, JsonNode> fields, Set<String> required) {
    JsonNode target = resolved(schema);
    target.path("allOf").forEach(part -> gather(part, fields, required));
    for (JsonNode part : List.of(target, target.path("then"))) {
      part.path("properties")
          .properties()
          .forEach(
              field -> {
                if (!field.getValue().isBoolean()) { // else the field is forbidden
                  fields.put(field.getKey(), field.getValue());
                }
              });
    }
    target.path("required").forEach(name -> required.add(name.asText()));
  }

  /** All that is shared stands in one file. */
  private static JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    return reference.isEmpty()
        ? schema
        : Contract.parse(Contract.read(Contract.schemas().resolve("common.json")))
            .at(reference.substring(reference.indexOf('#') + 1));
  }

  /** A note tells the inner fields, the values, or that the column is an array. */
  private static void isTrue(String column, String note, JsonNode schema) {
    JsonNode field = resolved(schema);
    for (JsonNode part : field.path("allOf")) {
      field = resolved(part);
    }
    JsonNode items = resolved(field.path("items"));
    Collection<String> inner = names(items.has("properties") ? items : field);
    List<String> words = words(note).stream().filter(word -> !word.startsWith("<")).toList();
    if (!inner.isEmpty()) {
      assertThat(words).as(column).containsExactlyInAnyOrderElementsOf(inner);
      return;
    }
    assertThat(note.startsWith("an array"))
        .as("%s is an array", column)
        .isEqualTo(field.has("items"));
    if (!words.isEmpty()) {
      List<String> values = new ArrayList<>();
      field.path("enum").forEach(value -> values.add(value.asText()));
      if (field.has("const")) {
        values.add(field.path("const").asText());
      }
      assertThat(words).as(column).containsExactlyInAnyOrderElementsOf(values);
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }
}
