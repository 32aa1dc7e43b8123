package im.linnet.schemas.event;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.schemas.JoinPolicy;
import im.linnet.schemas.Stream;
import java.io.IOException;
import java.util.List;

/** A user asks for something to happen to a topic. All commands about one topic have its key. */
public sealed interface TopicCommand extends CommandEvent {
  /** The topic, the caller, and the caller's id for the command. */
  TopicAct act();

  /** Writes the fields of its own, the topic aside. */
  default void writeOwn(JsonGenerator json) throws IOException {}

  @Override
  default Stream kind() {
    return Stream.TOPIC;
  }

  @Override
  default String owner() {
    return act().topic();
  }

  @Override
  default String caller() {
    return act().by();
  }

  @Override
  default String uuid() {
    return act().uuid();
  }

  @Override
  default String source() {
    return "/command/" + caller() + "/" + owner() + "/" + type();
  }

  @Override
  default void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("topic", act().topic());
    writeOwn(json);
  }

  private static TopicAct act(EventFields fields, String type) throws MalformedEventException {
    fields.requireOp(type);
    return new TopicAct(fields.user("topic"), fields.user("caller"), fields.id("uuid"));
  }

  /**
   * A topic shall begin.
   *
   * @param members the first members beside the caller, who founds it; may be empty
   * @param name the name that members see
   * @param join who may become a member
   * @param history whether members see the messages from before they joined
   */
  record Create(TopicAct act, List<String> members, String name, JoinPolicy join, boolean history)
      implements TopicCommand {
    public static final String TYPE = "topic.create";

    public Create {
      members = List.copyOf(members);
    }

    static Create read(EventFields fields) throws MalformedEventException {
      return new Create(
          TopicCommand.act(fields, TYPE),
          fields.users("members", TopicFact.MOST_MEMBERS),
          fields.topicName("name"),
          fields.joinPolicy("join"),
          fields.flag("history"));
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void writeOwn(JsonGenerator json) throws IOException {
      TopicFact.write(json, members);
      json.writeStringField("name", name);
      json.writeStringField("join", join.wire());
      json.writeBooleanField("history", history);
    }
  }

  /** The caller wants to be a member. */
  record Join(TopicAct act) implements TopicCommand {
    public static final String TYPE = "topic.join";

    static Join read(EventFields fields) throws MalformedEventException {
      return new Join(TopicCommand.act(fields, TYPE));
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A member wants others to be members.
   *
   * @param members the others
   */
  record Invite(TopicAct act, List<String> members) implements TopicCommand {
    public static final String TYPE = "topic.invite";

    public Invite {
      members = List.copyOf(members);
    }

    static Invite read(EventFields fields) throws MalformedEventException {
      return new Invite(TopicCommand.act(fields, TYPE), TopicFact.members(fields));
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void writeOwn(JsonGenerator json) throws IOException {
      TopicFact.write(json, members);
    }
  }

  /** A member wants to be none any more. */
  record Leave(TopicAct act) implements TopicCommand {
    public static final String TYPE = "topic.leave";

    static Leave read(EventFields fields) throws MalformedEventException {
      return new Leave(TopicCommand.act(fields, TYPE));
    }

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * The founder wants a member to be none any more.
   *
   * @param member which one
   */
  record Kick(TopicAct act, String member) implements TopicCommand {
    public static final String TYPE = "topic.kick";

    static Kick read(EventFields fields) throws MalformedEventException {
      return new Kick(TopicCommand.act(fields, TYPE), fields.user("member"));
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void writeOwn(JsonGenerator json) throws IOException {
      json.writeStringField("member", member);
    }
  }

  /**
   * The founder wants another name for the topic.
   *
   * @param name which one
   */
  record Rename(TopicAct act, String name) implements TopicCommand {
    public static final String TYPE = "topic.rename";

    static Rename read(EventFields fields) throws MalformedEventException {
      return new Rename(TopicCommand.act(fields, TYPE), fields.topicName("name"));
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void writeOwn(JsonGenerator json) throws IOException {
      json.writeStringField("name", name);
    }
  }

  /**
   * The founder wants a member to be the founder.
   *
   * @param member which one
   */
  record Transfer(TopicAct act, String member) implements TopicCommand {
    public static final String TYPE = "topic.transfer";

    static Transfer read(EventFields fields) throws MalformedEventException {
      return new Transfer(TopicCommand.act(fields, TYPE), fields.user("member"));
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public void writeOwn(JsonGenerator json) throws IOException {
      json.writeStringField("member", member);
    }
  }

  /** The founder wants the topic to end. */
  record Disband(TopicAct act) implements TopicCommand {
    public static final String TYPE = "topic.disband";

    static Disband read(EventFields fields) throws MalformedEventException {
      return new Disband(TopicCommand.act(fields, TYPE));
    }

    @Override
    public String type() {
      return TYPE;
    }
  }
}
