package im.linnet.client;

import java.util.List;

/**
 * The newest requests for friendship.
 *
 * @param newest newest first, 200 at most
 * @param more whether there are older ones, which the server does not list
 */
public record FriendRequests(List<FriendRequest> newest, boolean more) {
  public FriendRequests {
    newest = List.copyOf(newest);
  }

  static FriendRequests read(ServerResponse response) {
    return new FriendRequests(
        JsonValues.list(response.data().path("requests"), FriendRequest::read),
        response.data().path("more").asBoolean(false));
  }
}
