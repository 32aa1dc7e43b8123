package im.linnet.cli.chat;

import im.linnet.client.ClientEvent;
import im.linnet.client.GroupInfo;
import im.linnet.client.TopicChange;
import im.linnet.schemas.JoinPolicy;
import java.util.List;

/** Says in words what a topic is, and what happened to it. Pure. */
final class TopicWords {
  private static final int MOST_NAMED = 10;

  private TopicWords() {}

  /**
   * A change of a topic.
   *
   * @param user the user who reads it
   * @param name the topic's name before the change
   */
  static String of(ClientEvent.TopicChanged changed, String user, String name) {
    String by = you(changed.by(), user);
    String members = list(changed.members(), user);
    return switch (changed.change()) {
      case CREATED -> by + " began " + (changed.name().isEmpty() ? name : changed.name());
      case JOINED ->
          changed.members().equals(List.of(changed.by()))
              ? by + " joined " + name
              : by + " invited " + members + " to " + name;
      case LEFT -> by + " left " + name;
      case KICKED -> by + " removed " + members + " from " + name;
      case RENAMED -> by + " renamed the topic " + name + " to " + changed.name();
      case TRANSFERRED -> by + " made " + members + " the founder of " + name;
      case DISBANDED -> by + " ended " + name;
    };
  }

  /** Whether the user is no member any more after it. */
  static boolean endsFor(ClientEvent.TopicChanged changed, String user) {
    TopicChange change = changed.change();
    return change == TopicChange.DISBANDED
        || ((change == TopicChange.LEFT || change == TopicChange.KICKED)
            && changed.members().contains(user));
  }

  /**
   * A topic as the server describes it.
   *
   * @param names learns its name
   */
  static String info(GroupInfo info, TopicNames names) {
    String topic = info.groupId();
    names.learn(topic, info.groupName());
    String name = names.of(topic);
    return name
        + (name.equals(topic) ? "" : " (" + topic + ")")
        + ": "
        + info.members()
        + (info.members() == 1 ? " member" : " members")
        + ", founder "
        + info.ownerUserId()
        + (info.join() == JoinPolicy.INVITE ? ", by invitation" : ", open to all")
        + (info.history() ? ", newcomers see the history" : "");
  }

  /** Names in a row; of many, the first ones and the number of the others. */
  static String list(List<String> names, String user) {
    String first =
        String.join(", ", names.stream().limit(MOST_NAMED).map(each -> you(each, user)).toList());
    int more = names.size() - MOST_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static String you(String name, String user) {
    return name.equals(user) ? "you" : name;
  }
}
