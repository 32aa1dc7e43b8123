package im.linnet.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What the log says, by a reading of it that shares no code with the product. */
final class LogModel {
  private static final List<String> STREAMS = List.of("p2p", "mutual", "topic");

  private final InboxLog inboxes = new InboxLog();
  private final Map<String, TopicModel> topics = new TreeMap<>();
  private final FriendLog friends = new FriendLog();
  private final CommandLog commands = new CommandLog();

  /** Reads the whole of all streams. */
  static LogModel read(String bootstrap) throws IOException {
    LogModel model = new LogModel();
    LogEntry.forEach(bootstrap, STREAMS, model::take);
    return model;
  }

  private void take(LogEntry record) {
    if (record.type().equals("verdict")) {
      commands.verdict(record);
      return;
    }
    switch (record.stream()) {
      case "topic" -> topic(record, topics.computeIfAbsent(record.key(), TopicModel::new));
      case "mutual" -> mutual(record);
      default -> p2p(record);
    }
  }

  private void p2p(LogEntry record) {
    switch (record.type()) {
      case "message" -> inboxes.message(record);
      case "read" -> inboxes.mark(record);
      case "receipt" -> inboxes.notice(record);
      default -> throw new IllegalArgumentException("nobody here publishes such: " + record);
    }
  }

  private void mutual(LogEntry record) {
    switch (record.type()) {
      case "read" -> inboxes.mark(record);
      case "receipt" -> inboxes.notice(record);
      default -> {
        commands.friendFact(record);
        friends.take(record);
        if (record.key().equals(record.text("to"))) {
          inboxes.message(record);
        }
      }
    }
  }

  private void topic(LogEntry record, TopicModel topic) {
    switch (record.type()) {
      case "message" -> topic.message(record);
      case "read" -> topic.mark(record);
      default -> {
        commands.topicFact(record);
        topic.fact(record);
      }
    }
  }

  /** Messages by uuid, the first of each. */
  Map<String, Delivery> messages() {
    Map<String, Delivery> all = inboxes.messages();
    topics.values().forEach(topic -> all.putAll(topic.messages()));
    return all;
  }

  /** Those that are delivered to that user. */
  Map<String, Delivery> messagesTo(String user) {
    Map<String, Delivery> all = inboxes.messages();
    all.values().removeIf(message -> !message.to().equals(user));
    all.putAll(ofTopics(topic -> topic.messagesTo(user)));
    return all;
  }

  /** By uuid whether a message to a user is read, and who has read one to a topic. */
  Map<String, Object> readState() {
    Map<String, Object> state = new HashMap<>(inboxes.readState());
    state.putAll(ofTopics(TopicModel::readers));
    return state;
  }

  /** What that user is told of who has read, by place. */
  Map<String, Notice> noticesTo(String user) {
    return inboxes.noticesTo(user);
  }

  /** Read marks of messages to users by their places, each as its notice ought to be. */
  Map<String, Notice> marks() {
    return inboxes.marks();
  }

  /** The marks of others in topics that that user is told of, by place. */
  Map<String, Notice> topicMarksTo(String user) {
    return ofTopics(topic -> topic.marksTo(user));
  }

  /** The facts about topics that that user is told of, by place. */
  Map<String, JsonNode> factsTo(String user) {
    return ofTopics(topic -> topic.factsTo(user));
  }

  /** The topics. */
  Map<String, TopicModel.Info> topics() {
    Map<String, TopicModel.Info> all = new HashMap<>();
    topics.forEach((id, topic) -> all.put(id, topic.info()));
    return all;
  }

  /** Who was in a topic, by {@code <topic>/<user>}. */
  Map<String, TopicModel.Member> memberships() {
    return ofTopics(TopicModel::memberships);
  }

  /** The friends of each who has any. */
  Map<String, Set<String>> friends() {
    return friends.friends();
  }

  /** Friend requests by {@code <owner>/<uuid>}. */
  Map<String, FriendLog.Request> requests() {
    return friends.requests();
  }

  /** All commands with their verdicts. */
  Map<CommandLog.Id, CommandLog.Judged> commands() {
    return commands.judged();
  }

  /** How many memberships have ended. */
  long departures() {
    return topics.values().stream().mapToLong(TopicModel::departures).sum();
  }

  /** Records that repeat an identity that the log has already. */
  int repeats() {
    return inboxes.repeats() + topics.values().stream().mapToInt(TopicModel::repeats).sum();
  }

  private <T> Map<String, T> ofTopics(Function<TopicModel, Map<String, T>> part) {
    Map<String, T> all = new HashMap<>();
    topics.values().forEach(topic -> all.putAll(part.apply(topic)));
    return all;
  }
}
