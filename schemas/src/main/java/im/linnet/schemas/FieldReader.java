package im.linnet.schemas;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object by what they mean here: names, ids, kinds, positions. Each has one
 * rule for requests and for the log.
 *
 * @param <X> the exception for a field that cannot be used
 */
public abstract class FieldReader<X extends Exception> extends ObjectReader<X> {
  /**
   * @param vocabulary the names that are kept
   */
  protected FieldReader(Set<String> vocabulary) {
    super(vocabulary);
  }

  /**
   * A short text for people, null if the field is absent.
   *
   * @param most the most characters, counted as code points
   */
  public final @Nullable String optionalLabel(String field, int most) throws X {
    String text = optionalText(field);
    if (text != null && !Names.isLabel(text, most)) {
      throw problem(field, "must be at most " + most + " characters of Unicode text");
    }
    return text;
  }

  /**
   * A list of short texts for people, null if the field is absent.
   *
   * @param most the most entries
   * @param longest the most characters of an entry
   */
  public final @Nullable List<String> optionalLabels(String field, int most, int longest) throws X {
    if (!has(field)) {
      return null;
    }
    List<String> labels = texts(field, most);
    for (String label : labels) {
      if (label.isEmpty() || !Names.isLabel(label, longest)) {
        throw problem(field, "each must be 1-" + longest + " characters of Unicode text");
      }
    }
    return labels;
  }

  /** The address of a picture or the picture itself, null if the field is absent. */
  public final @Nullable String optionalAvatar(String field) throws X {
    String avatar = optionalText(field);
    if (avatar != null && !Names.isAvatar(avatar)) {
      throw problem(
          field,
          "must be an http or https URL, or a data URL of a PNG, JPEG, GIF or WebP image, of at"
              + " most "
              + Names.MAX_AVATAR_LENGTH
              + " characters; or empty");
    }
    return avatar;
  }

  /** A user's name. */
  public final String user(String field) throws X {
    String user = text(field);
    if (!Names.isUser(user)) {
      throw problem(field, "must be 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
    return user;
  }

  /**
   * A list of user names.
   *
   * @param most the most entries of the list
   */
  public final List<String> users(String field, int most) throws X {
    List<String> users = texts(field, most);
    for (String user : users) {
      if (!Names.isUser(user)) {
        throw problem(field, "'" + Excerpt.of(user) + "' is not a user name");
      }
    }
    return users;
  }

  /** An id that a client has chosen. */
  public final String id(String field) throws X {
    return judged(field, text(field));
  }

  /** An id that a client has chosen, null if the field is absent. */
  public final @Nullable String optionalId(String field) throws X {
    String id = optionalText(field);
    return id == null ? null : judged(field, id);
  }

  private String judged(String field, String id) throws X {
    if (!Names.isId(id)) {
      throw problem(field, "must be 1-64 characters of Unicode text");
    }
    return id;
  }

  /** A list of one id or more. */
  public final List<String> ids(String field, int most) throws X {
    List<String> ids = texts(field, most);
    if (ids.isEmpty()) {
      throw problem(field, "is empty");
    }
    for (String id : ids) {
      if (!Names.isId(id)) {
        throw problem(field, "each must be 1-64 characters of Unicode text");
      }
    }
    return ids;
  }

  /** The type of a message's content, null if the field is absent. */
  public final @Nullable String optionalMessageType(String field) throws X {
    String type = optionalText(field);
    if (type != null && !Names.isMessageType(type)) {
      throw problem(field, "must be 1-128 characters of A-Z a-z 0-9 . _ @ - + /");
    }
    return type;
  }

  /** The name of a topic. */
  public final String topicName(String field) throws X {
    String name = text(field);
    if (!Names.isTopicName(name)) {
      throw problem(field, "must be 1-128 characters of Unicode text");
    }
    return name;
  }

  /** Who may become a member of a topic. */
  public final JoinPolicy joinPolicy(String field) throws X {
    String text = text(field);
    JoinPolicy policy = JoinPolicy.ofWire(text);
    if (policy == null) {
      throw problem(field, "'" + Excerpt.of(text) + "' is neither open nor invite");
    }
    return policy;
  }

  /** The stream in the field {@code kind}. */
  public final Stream kind() throws X {
    String text = text("kind");
    Stream kind = Stream.ofWire(text);
    if (kind == null || !kind.delivered()) {
      throw problem("kind", "'" + Excerpt.of(text) + "' is none of p2p, topic and mutual");
    }
    return kind;
  }

  /** The position of a record in that stream. */
  public final Position position(String field, Stream stream) throws X {
    Position position = Position.parse(text(field));
    if (position == null || position.offset() < 0 || position.place().stream() != stream) {
      throw problem(field, "must be a position of that kind, as " + stream.wire() + "/3/812");
    }
    return position;
  }
}
