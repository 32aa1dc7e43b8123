package im.linnet.cli.chat;

import im.linnet.schemas.Names;
import im.linnet.schemas.document.PresenceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the commands about topics, friends and people. Pure. */
final class CommandLines {
  private static final String NAME_RULE = ", with 1-64 of A-Z a-z 0-9 . _ @ -";

  private CommandLines() {}

  /**
   * Reads a command.
   *
   * @param word the command, with its slash
   * @param argument the rest of the line
   * @return null if there is no such command
   */
  static @Nullable Line parse(String word, String argument) {
    Line line = group(word, argument);
    line = line == null ? friend(word, argument) : line;
    return line == null ? people(word, argument) : line;
  }

  private static @Nullable Line group(String word, String argument) {
    return switch (word) {
      case "/create" -> create(names(argument));
      case "/join" -> named(argument, "/join NAME", name -> group(new GroupCommand.Join(name)));
      case "/leave" -> bare(word, argument, group(new GroupCommand.Leave()));
      case "/invite" ->
          areUsers(names(argument))
              ? group(new GroupCommand.Invite(names(argument)))
              : new Line.Wrong("give user names: /invite NAMES" + NAME_RULE);
      case "/kick" -> named(argument, "/kick NAME", name -> group(new GroupCommand.Kick(name)));
      case "/rename" ->
          Names.isTopicName(argument)
              ? group(new GroupCommand.Rename(argument))
              : new Line.Wrong(
                  "give a name of 1 to "
                      + Names.MAX_TOPIC_NAME_LENGTH
                      + " characters: /rename TEXT");
      case "/transfer" ->
          named(argument, "/transfer NAME", name -> group(new GroupCommand.Transfer(name)));
      case "/disband" -> bare(word, argument, group(new GroupCommand.Disband()));
      case "/members" -> bare(word, argument, group(new GroupCommand.Members()));
      case "/topics" -> bare(word, argument, group(new GroupCommand.Topics()));
      default -> null;
    };
  }

  private static @Nullable Line friend(String word, String argument) {
    return switch (word) {
      case "/add" -> add(argument);
      case "/accept" -> act(argument, "/accept NAME", FriendCommand.Accept::new);
      case "/reject" -> act(argument, "/reject NAME", FriendCommand.Reject::new);
      case "/remove" -> act(argument, "/remove NAME", FriendCommand.Remove::new);
      case "/block" -> act(argument, "/block NAME", FriendCommand.Block::new);
      case "/unblock" -> act(argument, "/unblock NAME", FriendCommand.Unblock::new);
      case "/friends" -> bare(word, argument, new Line.Friend(new FriendCommand.Friends()));
      case "/requests" -> bare(word, argument, new Line.Friend(new FriendCommand.Requests()));
      case "/blocked" -> bare(word, argument, new Line.Friend(new FriendCommand.Blocked()));
      default -> null;
    };
  }

  private static @Nullable Line people(String word, String argument) {
    return switch (word) {
      case "/nick" ->
          argument.isEmpty() || !Names.isLabel(argument, Names.MAX_LABEL_LENGTH)
              ? new Line.Wrong(
                  "give a name of 1 to " + Names.MAX_LABEL_LENGTH + " characters: /nick TEXT")
              : people(new PeopleCommand.Nick(argument));
      case "/who" -> named(argument, "/who NAME", name -> people(new PeopleCommand.Who(name)));
      case "/remark" -> remark(argument);
      case "/contacts" -> bare(word, argument, people(new PeopleCommand.Contacts()));
      case "/online" -> status(word, argument, PresenceStatus.ONLINE);
      case "/away" -> status(word, argument, PresenceStatus.AWAY);
      case "/busy" -> status(word, argument, PresenceStatus.BUSY);
      case "/offline" -> status(word, argument, PresenceStatus.OFFLINE);
      case "/chats" -> bare(word, argument, people(new PeopleCommand.Chats()));
      case "/readers" -> bare(word, argument, new Line.Readers());
      default -> null;
    };
  }

  private static Line create(List<String> names) {
    return areUsers(names)
        ? group(new GroupCommand.Create(names.getFirst(), names.subList(1, names.size())))
        : new Line.Wrong("give names: /create NAME [MEMBERS]" + NAME_RULE);
  }

  private static Line remark(String argument) {
    String[] words = argument.split("\\s+", 2);
    String text = words.length > 1 ? words[1] : "";
    if (!Names.isLabel(text, Names.MAX_LABEL_LENGTH)) {
      return new Line.Wrong(
          "give at most " + Names.MAX_LABEL_LENGTH + " characters: /remark NAME TEXT");
    }
    return named(
        words[0], "/remark NAME TEXT", name -> people(new PeopleCommand.Remark(name, text)));
  }

  private static Line add(String argument) {
    String[] words = argument.split("\\s+", 2);
    String text = words.length > 1 ? words[1] : "";
    return act(words[0], "/add NAME [TEXT]", name -> new FriendCommand.Add(name, text));
  }

  private static Line act(String argument, String usage, Function<String, FriendCommand> command) {
    return named(argument, usage, name -> new Line.Friend(command.apply(name)));
  }

  private static Line status(String word, String argument, PresenceStatus status) {
    return bare(word, argument, people(new PeopleCommand.Status(status)));
  }

  private static Line named(String name, String usage, Function<String, Line> line) {
    return Names.isUser(name)
        ? line.apply(name)
        : new Line.Wrong("'" + name + "' is not a name; give " + usage + NAME_RULE);
  }

  private static Line bare(String word, String argument, Line line) {
    return argument.isEmpty() ? line : new Line.Wrong(word + " stands alone on its line");
  }

  private static Line group(GroupCommand command) {
    return new Line.Group(command);
  }

  private static Line people(PeopleCommand command) {
    return new Line.People(command);
  }

  private static List<String> names(String argument) {
    return Arrays.asList(argument.trim().split("[\\s,]+"));
  }

  private static boolean areUsers(List<String> names) {
    return names.stream().allMatch(Names::isUser);
  }
}
