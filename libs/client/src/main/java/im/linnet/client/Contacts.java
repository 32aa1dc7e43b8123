package im.linnet.client;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The notes of this user about others. Nobody else sees them. Safe on any thread. */
public final class Contacts {
  private final ChatOps ops;

  Contacts(ChatOps ops) {
    this.ops = ops;
  }

  /**
   * Notes something about a user.
   *
   * @param remark this user's name for the other; null if it stays
   * @param labels this user's labels; null if they stay
   * @return the contact as it is then
   */
  public CompletableFuture<ContactInfo> set(
      String user, @Nullable String remark, @Nullable Collection<String> labels) {
    List<String> all = labels == null ? null : List.copyOf(labels);
    return ops.ask(
        Request.question(
            "contact.set",
            json -> {
              json.writeStringField("user", user);
              JsonValues.write(json, "remark", remark);
              if (all != null) {
                JsonValues.write(json, "labels", all);
              }
            }),
        response -> contacts(response).items().getFirst());
  }

  /**
   * One page of the contacts, 200 by name.
   *
   * @param after the {@code next} of the page before, null for the first page
   */
  public CompletableFuture<Page<ContactInfo>> list(@Nullable String after) {
    return ops.ask(
        Request.question("contact.list", json -> JsonValues.write(json, "after", after)),
        Contacts::contacts);
  }

  private static Page<ContactInfo> contacts(ServerResponse response) {
    return JsonValues.page(response, "contacts", ContactInfo::read);
  }
}
