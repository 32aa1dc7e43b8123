package im.linnet.cli.chat;

import com.fasterxml.jackson.databind.JsonNode;
import im.linnet.client.Draft;
import im.linnet.schemas.Stream;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.List;

/** Does what the commands about friends and blocked users say. Safe on any thread. */
final class Friends {
  private static final int MOST_ANSWERED = 10;

  private final String user;
  private final ChatServer server;
  private final Asking asking;

  Friends(String user, ChatServer server, Asking asking) {
    this.user = user;
    this.server = server;
    this.asking = asking;
  }

  void run(FriendCommand command) {
    switch (command) {
      case FriendCommand.Friends all ->
          asking.question(
              "friend.list",
              json -> {},
              data ->
                  names(data.path("friends"), "friends", "you have no friends here; /add NAME"));
      case FriendCommand.Requests all ->
          asking.question("friend.requests", json -> {}, this::requests);
      case FriendCommand.Blocked all ->
          asking.question(
              "block.list",
              json -> {},
              data -> names(data.path("blocked"), "blocked", "you block nobody"));
      case FriendCommand.Act act -> act(act);
    }
  }

  private void act(FriendCommand.Act act) {
    String other = act.user();
    switch (act) {
      case FriendCommand.Add add ->
          say(other, FriendWords.ADD, add.text(), "you asked " + other + " to be your friend");
      case FriendCommand.Accept accept ->
          say(other, FriendWords.ACCEPT, "", other + " and you are friends now");
      case FriendCommand.Reject reject ->
          say(other, FriendWords.REJECT, "", "you rejected the request of " + other);
      case FriendCommand.Remove remove ->
          say(other, FriendWords.REMOVE, "", "you ended the friendship with " + other);
      case FriendCommand.Block block ->
          block(
              "block.add",
              other,
              "you block " + other + "; messages from " + other + " are refused");
      case FriendCommand.Unblock unblock ->
          block("block.remove", other, other + " can write to you again");
    }
  }

  private void say(String other, String type, String text, String words) {
    var unused =
        asking.show(
            server.send(new Draft(Stream.MUTUAL, other, type, text, null, false)),
            sent -> List.of(words),
            code -> advice(type, code));
  }

  private void block(String op, String other, String words) {
    var unused =
        asking.order(
            op, json -> json.writeStringField("user", other), data -> words, Wording.Advice.NONE);
  }

  private static String advice(String type, ReplyCode code) {
    return switch (code) {
      case NOT_FOUND ->
          type.equals(FriendWords.REMOVE) ? "/friends lists yours" : "/requests lists them";
      case CONFLICT -> "/friends and /requests show how it stands";
      default -> "";
    };
  }

  private static List<String> names(JsonNode array, String title, String none) {
    List<String> names = new ArrayList<>();
    array.forEach(each -> names.add(each.asText("")));
    return List.of(names.isEmpty() ? none : title + ": " + String.join(", ", names));
  }

  /** The open requests, and the newest answered ones. */
  private List<String> requests(JsonNode data) {
    List<String> lines = new ArrayList<>();
    int answered = 0;
    for (JsonNode request : data.path("requests")) {
      boolean open = request.path("status").asInt(0) == 0;
      if (open || answered++ < MOST_ANSWERED) {
        lines.add(request(request, open));
      }
    }
    return lines.isEmpty() ? List.of("there are no requests") : lines;
  }

  private String request(JsonNode request, boolean open) {
    String asker = request.path("reqUser").asText("");
    String asked = request.path("user").asText("");
    boolean own = asker.equals(user);
    if (open) {
      return own
          ? "you asked " + asked + ", who has not answered yet"
          : FriendWords.asks(asker, request.path("reqMessage").asText(""));
    }
    String answer = request.path("status").asInt(0) == 1 ? "accepted" : "rejected";
    return own
        ? asked + " " + answer + " your request"
        : "you " + answer + " the request of " + asker;
  }
}
