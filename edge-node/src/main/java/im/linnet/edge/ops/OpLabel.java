package im.linnet.edge.ops;

import im.linnet.schemas.frame.Request;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ops that metrics tell apart. Whatever a client writes, there are no others. */
public enum OpLabel {
  AUTH("auth"),
  LOGOUT("logout"),
  PING("ping"),
  PONG("pong"),
  SEND("send"),
  READ("read"),
  HISTORY("history"),
  UNREAD("unread"),
  PRESENCE_GET("presence.get"),
  PRESENCE_WATCH("presence.watch"),
  /** An op that is not served, or none. */
  OTHER("other");

  private static final Map<String, OpLabel> BY_WORD = new HashMap<>();

  static {
    for (OpLabel each : values()) {
      BY_WORD.put(each.word, each);
    }
  }

  private final String word;

  OpLabel(String word) {
    this.word = word;
  }

  /** The label's value. */
  public String word() {
    return word;
  }

  /** The label of a request. */
  public static OpLabel of(Request request) {
    return switch (request) {
      case Request.Auth auth -> AUTH;
      case Request.Logout logout -> LOGOUT;
      case Request.Ping ping -> PING;
      case Request.Pong pong -> PONG;
      case Request.Send send -> SEND;
      case Request.Read read -> READ;
      case Request.History history -> HISTORY;
      case Request.Unread unread -> UNREAD;
      case Request.PresenceGet get -> PRESENCE_GET;
      case Request.PresenceWatch watch -> PRESENCE_WATCH;
    };
  }

  /** The label of what a client gave as {@code op}; null where it gave no text. */
  public static OpLabel of(@Nullable String op) {
    return op == null ? OTHER : BY_WORD.getOrDefault(op, OTHER);
  }
}
