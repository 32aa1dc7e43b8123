package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.client.FriendRequest;
import im.linnet.client.FriendRequests;
import im.linnet.schemas.frame.ReplyCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does what the commands about friends and blocked users say. Safe on any thread. */
final class Friends {
  private static final int MOST_ANSWERED = 10;

  private final String user;
  private final ChatOps server;
  private final Asking asking;

  Friends(String user, ChatOps server, Asking asking) {
    this.user = user;
    this.server = server;
    this.asking = asking;
  }

  void run(FriendCommand command) {
    switch (command) {
      case FriendCommand.Friends all ->
          asking.question(
              server.friends().list(),
              friends -> names(friends, "friends", "you have no friends here; /add NAME"));
      case FriendCommand.Requests all ->
          asking.question(server.friends().requests(), this::requests);
      case FriendCommand.Blocked all ->
          asking.question(
              server.blocks().list(), blocked -> names(blocked, "blocked", "you block nobody"));
      case FriendCommand.Act act -> act(act);
    }
  }

  private void act(FriendCommand.Act act) {
    String other = act.user();
    switch (act) {
      case FriendCommand.Add add ->
          step(
              server.friends().add(other, add.text()),
              "you asked " + other + " to be your friend",
              "/requests lists them");
      case FriendCommand.Accept accept ->
          step(
              server.friends().accept(other),
              other + " and you are friends now",
              "/requests lists them");
      case FriendCommand.Reject reject ->
          step(
              server.friends().reject(other),
              "you rejected the request of " + other,
              "/requests lists them");
      case FriendCommand.Remove remove ->
          step(
              server.friends().remove(other),
              "you ended the friendship with " + other,
              "/friends lists yours");
      case FriendCommand.Block block ->
          asking.order(
              server.blocks().add(other),
              "you block " + other + "; messages from " + other + " are refused");
      case FriendCommand.Unblock unblock ->
          asking.order(server.blocks().remove(other), other + " can write to you again");
    }
  }

  private void step(CompletableFuture<?> answer, String words, String ifNotFound) {
    var unused = asking.order(answer, sent -> words, code -> advice(code, ifNotFound));
  }

  private static String advice(ReplyCode code, String ifNotFound) {
    return switch (code) {
      case NOT_FOUND -> ifNotFound;
      case CONFLICT -> "/friends and /requests show how it stands";
      default -> "";
    };
  }

  private static List<String> names(List<String> names, String title, String none) {
    return List.of(names.isEmpty() ? none : title + ": " + String.join(", ", names));
  }

  /** The open requests, and the newest answered ones. */
  private List<String> requests(FriendRequests requests) {
    List<String> lines = new ArrayList<>();
    int answered = 0;
    for (FriendRequest request : requests.newest()) {
      boolean open = request.status() == FriendRequest.Status.PENDING;
      if (open || answered++ < MOST_ANSWERED) {
        lines.add(request(request));
      }
    }
    if (requests.more()) {
      lines.add("there are older requests, which are not listed");
    }
    return lines.isEmpty() ? List.of("there are no requests") : lines;
  }

  private String request(FriendRequest request) {
    boolean own = request.reqUserId().equals(user);
    String asker = request.reqUserId();
    String asked = request.userId();
    return switch (request.status()) {
      case PENDING ->
          own
              ? "you asked " + asked + ", who has not answered yet"
              : FriendWords.asks(asker, request.reqMessage() + (request.cut() ? "..." : ""));
      case ACCEPTED ->
          own ? asked + " accepted your request" : "you accepted the request of " + asker;
      case REJECTED ->
          own ? asked + " rejected your request" : "you rejected the request of " + asker;
    };
  }
}
