package im.linnet.schemas.frame;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Names;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.Utf8;
import im.linnet.schemas.event.InboxEvent.Extent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one frame as they were found, and the judgement of those that the op needs. One
 * use, one thread.
 */
final class FrameFields {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_UUIDS = 200;
  // One position per partition of three streams; far above any sensible partition count.
  private static final int MAX_POSITIONS = 4096;

  private enum Field {
    ID,
    OP,
    TOKEN,
    DEVICE,
    RESUME,
    LOG,
    KIND,
    TO,
    CONTENT,
    TYPE,
    UUID,
    RETRY,
    PEER,
    UPTO,
    UUIDS,
    BEFORE,
    LIMIT,
    USERS;

    static @Nullable Field of(String name) {
      return switch (name) {
        case "id" -> ID;
        case "op" -> OP;
        case "token" -> TOKEN;
        case "device" -> DEVICE;
        case "resume" -> RESUME;
        case "log" -> LOG;
        case "kind" -> KIND;
        case "to" -> TO;
        case "content" -> CONTENT;
        case "type" -> TYPE;
        case "uuid" -> UUID;
        case "retry" -> RETRY;
        case "peer" -> PEER;
        case "upTo" -> UPTO;
        case "uuids" -> UUIDS;
        case "before" -> BEFORE;
        case "limit" -> LIMIT;
        case "users" -> USERS;
        default -> null;
      };
    }

    String wire() {
      return this == UPTO ? "upTo" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** A number as it was written, where it is no {@code long} or stands for an id. */
  private record Numeral(String text, boolean whole) {}

  /** Stands for a value that no field of ours has: an object, a nested list. */
  private static final Object OTHER = new Object();

  private final Limits limits;
  private final Map<Field, Object> values = new EnumMap<>(Field.class);

  FrameFields(Limits limits) {
    this.limits = limits;
  }

  /** Reads up to the end of the object whose start the parser has just passed. */
  void readFrom(JsonParser parser) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Field field = Field.of(parser.currentName());
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else {
        Object value = value(parser, token, field);
        if (value == null) {
          values.remove(field);
        } else {
          values.put(field, value);
        }
      }
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, Field field)
      throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          field == Field.ID || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? number(parser)
              : parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null; // as if it were absent
      case START_ARRAY -> list(parser);
      default -> {
        parser.skipChildren();
        yield OTHER;
      }
    };
  }

  private static Object number(JsonParser parser) throws IOException {
    return new Numeral(parser.getText(), parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
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

  Request toRequest() throws BadRequestException {
    String id = id();
    String op = text(Field.OP);
    return switch (op) {
      case "send" -> send(id);
      case "read" -> read(id);
      case "ping" -> new Request.Ping(id);
      case "pong" -> new Request.Pong(id);
      case "auth" -> auth(id);
      case "history" -> history(id);
      case "unread" -> new Request.Unread(id);
      case "presence.get" -> new Request.PresenceGet(id, users());
      case "presence.watch" -> new Request.PresenceWatch(id, users());
      case "logout" -> new Request.Logout(id);
      default ->
          throw bad(
              Field.OP,
              UnservedOps.holds(op)
                  ? "op: " + op + " is not served by this version"
                  : "op: unknown op '" + Excerpt.of(op) + "'");
    };
  }

  private Request auth(@Nullable String id) throws BadRequestException {
    String device = optionalText(Field.DEVICE);
    if (device != null && !Names.isToken(device)) {
      throw bad(Field.DEVICE, "device: must be 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
    List<Position> resume = null;
    if (present(Field.RESUME)) {
      resume = new ArrayList<>();
      for (String text : texts(Field.RESUME, MAX_POSITIONS)) {
        Position position = Position.parse(text);
        if (position == null) {
          throw bad(
              Field.RESUME, "resume: '" + Excerpt.of(text) + "' is not a position, as p2p/3/812");
        }
        resume.add(position);
      }
    }
    return new Request.Auth(
        id,
        optionalText(Field.TOKEN),
        device == null ? "default" : device,
        resume == null ? null : List.copyOf(resume),
        optionalText(Field.LOG));
  }

  private Request send(@Nullable String id) throws BadRequestException {
    Stream kind = kind();
    String to = user(Field.TO);
    String content = text(Field.CONTENT);
    if (!Names.isWellFormed(content)) {
      throw bad(
          Field.CONTENT, "content: holds half of a surrogate pair, which is not Unicode text");
    }
    if (Utf8.length(content) > limits.content()) {
      throw new BadRequestException(
          ReplyCode.TOO_LARGE,
          id,
          Field.CONTENT.wire(),
          "content: over " + limits.content() + " bytes of UTF-8");
    }
    String token = optionalText(Field.TYPE);
    if (token != null && !Names.isMessageType(token)) {
      throw bad(Field.TYPE, "type: must be 1-128 characters of A-Z a-z 0-9 . _ @ - + /");
    }
    if (token == null && kind == Stream.MUTUAL) {
      throw bad(Field.TYPE, "type: is missing, and mutual needs it");
    }
    String uuid = optionalText(Field.UUID);
    if (uuid != null && !Names.isId(uuid)) {
      throw bad(Field.UUID, "uuid: must be 1-64 characters of Unicode text");
    }
    return new Request.Send(id, kind, to, content, token, uuid, flag(Field.RETRY));
  }

  private Request read(@Nullable String id) throws BadRequestException {
    Stream kind = kind();
    String peer = user(Field.PEER);
    boolean marked = present(Field.UPTO);
    if (marked == present(Field.UUIDS)) {
      throw bad(
          Field.UPTO,
          marked
              ? "upTo: stands beside uuids; give one of the two"
              : "upTo: is missing, and uuids too");
    }
    if (!marked) {
      List<String> uuids = texts(Field.UUIDS, MAX_UUIDS);
      if (uuids.isEmpty()) {
        throw bad(Field.UUIDS, "uuids: is empty");
      }
      for (String uuid : uuids) {
        if (!Names.isId(uuid)) {
          throw bad(Field.UUIDS, "uuids: each must be 1-64 characters of Unicode text");
        }
      }
      return new Request.Read(id, kind, peer, new Extent.Uuids(uuids));
    }
    Position upTo = Position.parse(text(Field.UPTO));
    if (upTo == null || upTo.offset() < 0 || upTo.place().stream() != kind) {
      throw bad(Field.UPTO, "upTo: must be a position of that kind, as " + kind.wire() + "/3/812");
    }
    return new Request.Read(id, kind, peer, new Extent.UpTo(upTo));
  }

  private Request history(@Nullable String id) throws BadRequestException {
    long limit = limit();
    if (limit < 1 || limit > limits.page()) {
      throw bad(Field.LIMIT, outside(String.valueOf(limit)));
    }
    return new Request.History(
        id, kind(), user(Field.PEER), optionalText(Field.BEFORE), (int) limit);
  }

  private String outside(String limit) {
    return "limit: " + Excerpt.of(limit) + " is outside 1-" + limits.page();
  }

  private List<String> users() throws BadRequestException {
    List<String> users = texts(Field.USERS, limits.users());
    for (String user : users) {
      if (!Names.isUser(user)) {
        throw bad(Field.USERS, "users: '" + Excerpt.of(user) + "' is not a user name");
      }
    }
    return users;
  }

  private @Nullable String id() throws BadRequestException {
    Object id = values.get(Field.ID);
    if (id == null) {
      return null;
    }
    if (id instanceof String text && Names.isId(text)) {
      return text;
    }
    throw bad(Field.ID, "id: must be a string of 1-64 characters of Unicode text");
  }

  /** The id that an error reply carries: the client's own text also where that is a number. */
  private @Nullable String answerableId() {
    Object id = values.get(Field.ID);
    String text =
        id instanceof Numeral number ? number.text() : id instanceof String own ? own : "";
    return Names.isId(text) ? text : null;
  }

  private Stream kind() throws BadRequestException {
    String text = text(Field.KIND);
    Stream kind = Stream.ofWire(text);
    if (kind == null) {
      throw bad(Field.KIND, "kind: '" + Excerpt.of(text) + "' is none of p2p, topic and mutual");
    }
    return kind;
  }

  private String user(Field field) throws BadRequestException {
    String user = text(field);
    if (!Names.isUser(user)) {
      throw bad(field, field.wire() + ": must be 1-64 characters of A-Z a-z 0-9 . _ @ -");
    }
    return user;
  }

  private boolean present(Field field) {
    return values.get(field) != null;
  }

  private String text(Field field) throws BadRequestException {
    String text = optionalText(field);
    if (text == null) {
      throw bad(field, field.wire() + ": is missing");
    }
    return text;
  }

  private @Nullable String optionalText(Field field) throws BadRequestException {
    Object value = values.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw bad(field, field.wire() + ": must be a string");
  }

  private boolean flag(Field field) throws BadRequestException {
    Object value = values.get(field);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw bad(field, field.wire() + ": must be true or false");
  }

  private long limit() throws BadRequestException {
    Object value = values.get(Field.LIMIT);
    if (value == null) {
      return DEFAULT_PAGE;
    }
    if (value instanceof Long number) {
      return number;
    }
    throw bad(
        Field.LIMIT,
        value instanceof Numeral number && number.whole()
            ? outside(number.text())
            : "limit: must be a whole number");
  }

  private List<String> texts(Field field, int most) throws BadRequestException {
    Object value = values.get(field);
    if (value == null) {
      throw bad(field, field.wire() + ": is missing");
    }
    if (!(value instanceof List<?> list)) {
      throw bad(field, field.wire() + ": must be a list of strings");
    }
    if (list.size() > most) {
      throw bad(field, field.wire() + ": over " + most + " entries");
    }
    List<String> texts = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof String text)) {
        throw bad(field, field.wire() + ": must be a list of strings");
      }
      texts.add(text);
    }
    return texts;
  }

  private BadRequestException bad(Field field, String message) {
    return new BadRequestException(ReplyCode.BAD_REQUEST, answerableId(), field.wire(), message);
  }
}
