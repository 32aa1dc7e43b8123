package im.linnet.cli.system;

import im.linnet.testkit.doc.DocBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of docs/data-model.md. */
final class DataModel {
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern NOTE = Pattern.compile("\\([^)]*\\)");
  private static final String SAME = "the same";

  /**
   * A field of a given type, or of a collection.
   *
   * @param of the type or the collection
   * @param given whether it is a field of one of the two given documents
   * @param wire the cell that says where it is on the wire
   * @param stored the field of the view that has it, as {@code collection.Field}; empty if none
   */
  record Row(String of, String field, boolean given, String wire, String stored) {
    /** The name that the tests use. */
    String id() {
      return of + "." + field;
    }

    /** Whether the wire has it, under a name that the cell gives. */
    boolean isTold() {
      return CODE.matcher(wire).find() && !wire.startsWith("none") && !wire.startsWith("as of");
    }

    /** Whether the cell gives that name of a JSON field. */
    boolean names(String json) {
      return CODE.matcher(wire)
          .results()
          .map(found -> found.group(1))
          .anyMatch(code -> code.equals(json) || code.endsWith("." + json));
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();

  private DataModel() {}

  static DataModel read() {
    DataModel model = new DataModel();
    List<String> names = List.of();
    List<String> head = List.of();
    String type = "";
    String collection = "";
    for (String line : lines()) {
      if (line.startsWith("#")) {
        names = codes(line);
      }
      if (!line.startsWith("|")) {
        head = List.of();
        continue;
      }
      List<String> cells = BAR.splitAsStream(line).skip(1).map(String::strip).toList();
      if (head.isEmpty()) {
        head = cells;
      } else if (cells.getFirst().startsWith("---")) {
        continue;
      } else if (head.getFirst().equals("given")) {
        String name = codes(cells.getFirst()).getFirst();
        if (name.startsWith(".")) {
          model.ofType(type, name.substring(1), cells, collection);
        } else {
          type = name;
          collection = codes(cells.get(2)).stream().findFirst().orElse("");
        }
      } else if (head.getFirst().equals("field")) {
        model.ofCollections(names, cells, head.contains("on the wire") || names.size() > 1);
      } else if (head.getFirst().equals("collection")) {
        model.ofOurs(cells);
      }
    }
    return model;
  }

  private void ofType(String type, String field, List<String> cells, String collection) {
    String cell = cells.get(2);
    List<String> codes = codes(cell);
    String stored = codes.isEmpty() ? "" : collection + "." + codes.getFirst();
    if (cell.startsWith("none") || cell.startsWith("as of")) {
      stored = "";
    } else if (cell.startsWith("in ")) {
      stored = codes.getFirst() + "." + codes.get(1);
    }
    add(new Row(type, field, true, cells.get(1), stored));
  }

  /**
   * Some collections share a table: each has its column.
   *
   * @param told whether the columns say where a field is on the wire
   */
  private void ofCollections(List<String> names, List<String> cells, boolean told) {
    for (String field : codes(NOTE.matcher(cells.getFirst()).replaceAll(""))) {
      String before = "";
      for (int i = 0; i < names.size(); i++) {
        String given = cells.get(1);
        String kind = names.get(i).replaceFirst("_.*", "");
        String wire = cells.get(2 + i).replace(SAME, before);
        before = before.isEmpty() ? wire : before;
        add(
            new Row(
                names.get(i),
                field,
                given.equals("yes") || (names.size() > 1 && given.contains(kind)),
                told ? wire : "none",
                names.get(i) + "." + field));
      }
    }
  }

  private void ofOurs(List<String> cells) {
    String collection = codes(cells.getFirst()).getFirst();
    for (String field : codes(NOTE.matcher(cells.get(1)).replaceAll(""))) {
      add(new Row(collection, field, false, "none", collection + "." + field));
    }
  }

  private void add(Row row) {
    if (rows.put(row.id(), row) != null) {
      throw new IllegalStateException("docs/data-model.md has two rows for " + row.id());
    }
  }

  Collection<Row> rows() {
    return rows.values();
  }

  Row row(String id) {
    Row row = rows.get(id);
    if (row == null) {
      throw new IllegalArgumentException("docs/data-model.md has no row for " + id);
    }
    return row;
  }

  /** The fields of a type or a collection. */
  Set<String> fields(String of) {
    Set<String> fields = new TreeSet<>();
    rows.values().stream()
        .filter(row -> row.of().equals(of))
        .forEach(row -> fields.add(row.field()));
    return fields;
  }

  private static List<String> codes(String cell) {
    List<String> codes = new ArrayList<>();
    for (MatchResult found : CODE.matcher(cell).results().toList()) {
      codes.add(found.group(1));
    }
    return codes;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(DocBlock.root().resolve("docs").resolve("data-model.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
