package im.linnet.schemas.frame;

import im.linnet.schemas.FieldReader;
import im.linnet.schemas.Limits;
import im.linnet.schemas.Names;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a client's frame. An error reply answers a field that cannot be used. */
public final class RequestFields extends FieldReader<BadRequestException> {
  private static final String ID = "id";
  private static final String OP = "op";

  /** The fields of every request of the protocol. */
  static final Set<String> VOCABULARY =
      Set.of(
          ID,
          OP,
          "token",
          "device",
          "resume",
          "log",
          "kind",
          "to",
          "content",
          "type",
          "uuid",
          "retry",
          "peer",
          "upTo",
          "uuids",
          "before",
          "after",
          "limit",
          "users",
          "user",
          "remark",
          "labels",
          "nickname",
          "avatar",
          "status",
          "topic",
          "name",
          "members",
          "member",
          "join",
          "history");

  private final Limits limits;

  RequestFields(Limits limits) {
    super(VOCABULARY);
    this.limits = limits;
  }

  /** The bounds that this server tells its clients. */
  public Limits limits() {
    return limits;
  }

  /** The op that the client names. */
  public String op() throws BadRequestException {
    return text(OP);
  }

  /** The op that the client names, null if it names none. */
  public @Nullable String opOrNull() {
    return found(OP) instanceof String op ? op : null;
  }

  /** Refuses a request with a malformed id. */
  public void requireGoodId() throws BadRequestException {
    if (has(ID) && !(found(ID) instanceof String id && Names.isId(id))) {
      throw problem(ID, "must be a string of 1-64 characters of Unicode text");
    }
  }

  /**
   * The id for the reply: the client's own text. A number is refused as an id, but the reply
   * carries its text. Null if the client gave no id.
   */
  public @Nullable String replyId() {
    String id = textOrNumeral(ID);
    return id != null && Names.isId(id) ? id : null;
  }

  @Override
  public BadRequestException problem(String field, String detail) {
    return problem(ReplyCode.BAD_REQUEST, field, detail);
  }

  /** As {@link #problem(String, String)}, but with this reply code. */
  public BadRequestException problem(ReplyCode code, String field, String detail) {
    return new BadRequestException(code, replyId(), field, field + ": " + detail);
  }
}
