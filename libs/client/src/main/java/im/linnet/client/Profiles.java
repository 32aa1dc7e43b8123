package im.linnet.client;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The names and pictures that users show to everybody. Safe on any thread. */
public final class Profiles {
  private final ChatOps ops;

  Profiles(ChatOps ops) {
    this.ops = ops;
  }

  /**
   * Changes what this user shows.
   *
   * @param nickname the name to show; null if it stays
   * @param avatar the URL of a picture, or the picture as a data URL; null if it stays
   * @return what the user shows then
   */
  public CompletableFuture<UserInfo> set(@Nullable String nickname, @Nullable String avatar) {
    return ops.ask(
        Request.question(
            "profile.set",
            json -> {
              JsonValues.write(json, "nickname", nickname);
              JsonValues.write(json, "avatar", avatar);
            }),
        response -> UserInfo.all(response).getFirst());
  }

  /**
   * What users show. Ask again for a user without an entry in the answer: the answer was full.
   *
   * @param users 200 at most
   */
  public CompletableFuture<List<UserInfo>> get(Collection<String> users) {
    List<String> all = List.copyOf(users);
    return ops.ask(
        Request.question("profile.get", json -> JsonValues.write(json, "users", all)),
        UserInfo::all);
  }
}
