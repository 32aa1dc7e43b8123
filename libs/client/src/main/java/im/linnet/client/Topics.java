package im.linnet.client;

import im.linnet.schemas.JsonBytes;
import im.linnet.schemas.Stream;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Topics, which people know as groups. A command brings the topic as it is after it. The client
 * repeats a command until it knows the outcome, and the server does it once. A repeat that comes
 * after the user has left the topic brings its id alone. Safe on any thread.
 */
public final class Topics {
  private final ChatOps ops;
  private final @Nullable IdempotencyKey given;

  Topics(ChatOps ops) {
    this(ops, null);
  }

  private Topics(ChatOps ops, @Nullable IdempotencyKey given) {
    this.ops = ops;
    this.given = given;
  }

  /**
   * The same ops, whose commands have this key. A program that writes the key down first can repeat
   * the command after its own restart.
   */
  public Topics with(IdempotencyKey key) {
    return new Topics(ops, key);
  }

  /** Creates a topic; this user is its founder. */
  public CompletableFuture<GroupInfo> create(TopicDraft draft) {
    IdempotencyKey key = key();
    String topic = draft.topic() == null ? key.uuid() : draft.topic();
    return command("topic.create", key, topic, draft);
  }

  /** A topic of this user. */
  public CompletableFuture<GroupInfo> info(String topic) {
    return ops.ask(
        Request.question("topic.info", json -> json.writeStringField("topic", topic)),
        response -> GroupInfo.read(response.data()));
  }

  /** The topics of this user, by id. */
  public CompletableFuture<List<GroupInfo>> list() {
    return ops.ask(
        Request.question("topic.list", json -> {}),
        response -> JsonValues.list(response.data().path("topics"), GroupInfo::read));
  }

  /**
   * One page of the members, 200 by name.
   *
   * @param after the {@code next} of the page before, null for the first page
   */
  public CompletableFuture<Page<GroupMember>> members(String topic, @Nullable String after) {
    return ops.ask(
        Request.question(
            "topic.members",
            json -> {
              json.writeStringField("topic", topic);
              JsonValues.write(json, "after", after);
            }),
        response ->
            JsonValues.page(response, "members", member -> GroupMember.read(topic, member)));
  }

  /** Becomes a member of an open topic. */
  public CompletableFuture<GroupInfo> join(String topic) {
    return command("topic.join", topic, json -> {});
  }

  /**
   * Makes others members.
   *
   * @param members 1 to 200 users; those who are members already are passed over
   */
  public CompletableFuture<GroupInfo> invite(String topic, Collection<String> members) {
    List<String> all = List.copyOf(members);
    return command("topic.invite", topic, json -> JsonValues.write(json, "members", all));
  }

  /** Leaves. A founder transfers the topic first; the last member's leaving ends it. */
  public CompletableFuture<GroupInfo> leave(String topic) {
    return command("topic.leave", topic, json -> {});
  }

  /** Removes a member; only the founder may. */
  public CompletableFuture<GroupInfo> kick(String topic, String member) {
    return command("topic.kick", topic, json -> json.writeStringField("member", member));
  }

  /** Gives the topic another name; only the founder may. */
  public CompletableFuture<GroupInfo> rename(String topic, String name) {
    return command("topic.rename", topic, json -> json.writeStringField("name", name));
  }

  /** Makes a member the founder; only the founder may. */
  public CompletableFuture<GroupInfo> transfer(String topic, String member) {
    return command("topic.transfer", topic, json -> json.writeStringField("member", member));
  }

  /** Ends the topic for all; only the founder may. Its id is never used again. */
  public CompletableFuture<GroupInfo> disband(String topic) {
    return command("topic.disband", topic, json -> {});
  }

  private CompletableFuture<GroupInfo> command(String op, String topic, JsonBytes.Fields fields) {
    return command(
        op,
        key(),
        topic,
        json -> {
          json.writeStringField("topic", topic);
          fields.write(json);
        });
  }

  private CompletableFuture<GroupInfo> command(
      String op, IdempotencyKey key, String topic, JsonBytes.Fields fields) {
    return ops.ask(
        Request.command(op, key, Request.lane(Stream.TOPIC, topic), fields),
        response -> GroupInfo.read(response.data()));
  }

  private IdempotencyKey key() {
    return given == null ? IdempotencyKey.fresh() : given;
  }
}
