package im.linnet.testkit.doc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One cell of the table in docs/permissions.md.
 *
 * @param op the op
 * @param about what the request is about, empty if the op has one row
 * @param decided whether the decider judges the request, not the edge alone
 * @param role how the caller stands to the named user or topic
 * @param code the code of the reply; {@link #NONE} where the role has no meaning
 */
public record PermissionCell(String op, String about, boolean decided, String role, String code) {
  /** The text of a cell without a meaning. */
  public static final String NONE = "-";

  private static final Pattern BAR = Pattern.compile("\\|");
  private static final int FIRST_ROLE = 3;

  /** All cells, row by row. */
  public static List<PermissionCell> all() {
    List<List<String>> lines =
        lines().stream().filter(line -> line.startsWith("|")).map(PermissionCell::cells).toList();
    List<PermissionCell> all = new ArrayList<>();
    List<String> head = null;
    for (List<String> line : lines) {
      if (line.getFirst().equals("op")) {
        head = line;
      } else if (head != null && line.getFirst().startsWith("`")) {
        addRow(head, line, all);
      }
    }
    return all;
  }

  private static void addRow(List<String> head, List<String> row, List<PermissionCell> all) {
    if (row.size() != head.size() || !List.of("edge", "decider").contains(row.get(2))) {
      throw new IllegalStateException("docs/permissions.md: no good row: " + row);
    }
    String op = row.getFirst().replace("`", "");
    for (int i = FIRST_ROLE; i < row.size(); i++) {
      all.add(
          new PermissionCell(
              op, row.get(1), row.get(2).equals("decider"), head.get(i), row.get(i)));
    }
  }

  private static List<String> cells(String line) {
    return BAR.splitAsStream(line.strip().substring(1)).map(String::strip).toList();
  }

  private static List<String> lines() {
    Path page = DocBlock.root().resolve("docs").resolve("permissions.md");
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row: the op, and what the request is about. */
  public String row() {
    return about.isEmpty() ? op : op + " " + about;
  }

  /** Whether the role has a meaning for the op. */
  public boolean hasMeaning() {
    return !code.equals(NONE);
  }

  @Override
  public String toString() {
    return row() + " / " + role + " = " + code;
  }
}
