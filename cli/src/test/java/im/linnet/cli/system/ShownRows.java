package im.linnet.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;

/**
 * Which rows of the data model a test has seen: in a document of MongoDB, and on the wire under the
 * name that the row gives. What is as it is to be is noted.
 */
final class ShownRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DataModel model = DataModel.read();
  private final Set<String> stored = new TreeSet<>();
  private final Set<String> told = new TreeSet<>();

  /** A field of a document has that value. */
  void stored(String collection, Document document, String field, Object expected) {
    assertThat(document.get(field))
        .as("%s.%s of %s", collection, field, document)
        .isEqualTo(expected);
    stored.add(model.row(collection + "." + field).id());
  }

  /** The value of a field, of that class. */
  <T> T value(String collection, Document document, String field, Class<T> type) {
    Object value = document.get(field);
    assertThat(value).as("%s.%s of %s", collection, field, document).isInstanceOf(type);
    stored.add(model.row(collection + "." + field).id());
    return type.cast(value);
  }

  /** A document has no such field, since there is nothing to say. */
  void absent(String collection, Document document, String field) {
    assertThat(document).doesNotContainKey(model.row(collection + "." + field).field());
  }

  /** A document has no such field for long, or after a rebuild alone: other tests see it. */
  void seenElsewhere(String collection, Document document, String field) {
    absent(collection, document, field);
    stored.add(collection + "." + field);
  }

  /** A frame, or an object in it, has that value under a name that the rows give. */
  void told(JsonNode object, String name, Object expected, String... rows) {
    assertThat(object.path(name).toString())
        .as("%s of %s", name, object)
        .isEqualTo(JSON.valueToTree(expected).toString());
    for (String row : rows) {
      assertThat(model.row(row).names(name)).as("%s says %s", row, name).isTrue();
      told.add(row);
    }
  }

  /** What the page has and nobody has seen. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (DataModel.Row row : model.rows()) {
      if (!row.stored().isEmpty() && !stored.contains(row.stored())) {
        missing.add(row.id() + " in MongoDB, as " + row.stored());
      }
      if (row.isTold() && !told.contains(row.id())) {
        missing.add(row.id() + " on the wire: " + row.wire());
      }
    }
    return missing;
  }

  /** The fields of a document that the page does not have. */
  List<String> unknown(String collection, Document document) {
    List<String> unknown = new ArrayList<>(document.keySet());
    unknown.remove("_id");
    unknown.removeAll(model.fields(collection));
    return unknown.stream().map(field -> collection + "." + field).toList();
  }
}
