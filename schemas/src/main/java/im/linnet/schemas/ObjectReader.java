package im.linnet.schemas;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object by the types of JSON, each checked strictly when it is asked for. A
 * field that is never asked for is never checked. Of two fields with one name the last one counts.
 * JSON's null counts as an absent field. One use, one thread.
 *
 * @param <X> the exception for a field that cannot be used
 */
public abstract class ObjectReader<X extends Exception> {
  private static final int INITIAL = 8;
  private static final String NO_WHOLE_NUMBER = "must be a whole number";

  /**
   * A number that does not fit a {@code long}, or that a {@code long} would write in another way.
   */
  private record Numeral(String text, boolean whole) {}

  private static final Numeral MINUS_ZERO = new Numeral("-0", true);

  /**
   * Stands for a value of a type that the protocol's fields never have: an object, a nested list.
   */
  private static final Object OTHER = new Object();

  private final Set<String> vocabulary;
  // An object has few known fields: a linear search costs less than hashing.
  private String[] names = new String[INITIAL];
  private @Nullable Object[] values = new @Nullable Object[INITIAL];
  private int size;

  /**
   * @param vocabulary the names that are kept; any other field is skipped unread, so it costs its
   *     bytes and no more
   */
  protected ObjectReader(Set<String> vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The exception for a field that cannot be used; {@code detail} follows the field's name. */
  public abstract X problem(String field, String detail);

  /** The value of a field that is an object. By default no accessor accepts it. */
  protected Object object(JsonParser parser, String name) throws IOException {
    parser.skipChildren();
    return OTHER;
  }

  /** Reads an object to its end; the parser has just passed its start. */
  public final void readFrom(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (vocabulary.contains(name)) {
        keep(name, value(parser, token, name));
      } else {
        parser.skipChildren();
      }
    }
  }

  private void keep(String name, @Nullable Object value) {
    int at = indexOf(name);
    if (at < 0) {
      at = size;
      size++;
      if (at == names.length) {
        names = Arrays.copyOf(names, 2 * at);
        values = Arrays.copyOf(values, 2 * at);
      }
      names[at] = name;
    }
    values[at] = value;
  }

  private int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private @Nullable Object value(JsonParser parser, JsonToken token, String name)
      throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> new Numeral(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case START_ARRAY -> list(parser);
      default -> object(parser, name);
    };
  }

  private static Object whole(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return new Numeral(parser.getText(), true);
    }
    long number = parser.getLongValue();
    // Minus zero may be an id, which is written back as it came.
    return number == 0 && parser.getTextLength() > 1 ? MINUS_ZERO : (Object) number;
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t == JsonToken.VALUE_STRING) {
        list.add(parser.getText());
      } else {
        parser.skipChildren();
        list.add(OTHER);
      }
    }
    return list;
  }

  /** The value as it was found, null if the field is absent or null. */
  protected final @Nullable Object found(String field) {
    int at = indexOf(field);
    return at < 0 ? null : values[at];
  }

  /** Whether the object names the field, with any value. */
  protected final boolean isNamed(String field) {
    return indexOf(field) >= 0;
  }

  /** A string as it stands, or the text of a number; null for any other value. */
  protected final @Nullable String textOrNumeral(String field) {
    return switch (found(field)) {
      case String text -> text;
      case Long number -> number.toString();
      case Numeral number -> number.text();
      case null -> null;
      default -> null;
    };
  }

  /** Whether the field has a value. */
  public final boolean has(String field) {
    return found(field) != null;
  }

  /** A string. */
  public final String text(String field) throws X {
    String text = optionalText(field);
    if (text == null) {
      throw problem(field, "is missing");
    }
    return text;
  }

  /** A string, null if the field is absent. */
  public final @Nullable String optionalText(String field) throws X {
    Object value = found(field);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw problem(field, "must be a string");
  }

  /** A string of well-formed Unicode text: without half of a surrogate pair. */
  public final String unicode(String field) throws X {
    String text = text(field);
    if (!Names.isWellFormed(text)) {
      throw problem(field, "holds half of a surrogate pair, which is not Unicode text");
    }
    return text;
  }

  /** True or false; false if the field is absent. */
  public final boolean flag(String field) throws X {
    Object value = found(field);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw problem(field, "must be true or false");
  }

  /**
   * A whole number within two bounds.
   *
   * @param absent stands for an absent field; null if the field is required
   */
  public final long number(String field, @Nullable Long absent, long least, long most) throws X {
    Object value = found(field);
    if (value == null && absent != null) {
      return absent;
    }
    return switch (value) {
      case null -> throw problem(field, "is missing");
      case Long number -> within(field, number, least, most);
      case Numeral number -> within(field, number, least, most);
      default -> throw problem(field, NO_WHOLE_NUMBER);
    };
  }

  private long within(String field, long number, long least, long most) throws X {
    if (number < least || number > most) {
      throw outside(field, String.valueOf(number), least, most);
    }
    return number;
  }

  private long within(String field, Numeral number, long least, long most) throws X {
    if (number.equals(MINUS_ZERO)) {
      return within(field, 0, least, most);
    }
    throw number.whole()
        ? outside(field, Excerpt.of(number.text()), least, most)
        : problem(field, NO_WHOLE_NUMBER);
  }

  private X outside(String field, String number, long least, long most) {
    return problem(field, number + " is outside " + least + "-" + most);
  }

  /**
   * A list of strings.
   *
   * @param most the most entries of the list
   */
  public final List<String> texts(String field, int most) throws X {
    Object value = found(field);
    if (value == null) {
      throw problem(field, "is missing");
    }
    if (!(value instanceof List<?> list)) {
      throw problem(field, "must be a list of strings");
    }
    if (list.size() > most) {
      throw problem(field, "over " + most + " entries");
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw problem(field, "must be a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }
}
