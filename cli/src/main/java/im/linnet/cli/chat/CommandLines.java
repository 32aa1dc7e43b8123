package im.linnet.cli.chat;

import im.linnet.schemas.Names;
import im.linnet.schemas.document.PresenceStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the commands about topics, friends and people. Pure. */
final class CommandLines {
  private static final String NAME_RULE = ", with 1-64 of A-Z a-z 0-9 . _ @ -";

  /** Others join by invitation only. */
  private static final String INVITE = "+invite";

  /** Newcomers see the earlier messages. */
  private static final String HISTORY = "+history";

  private static final Set<String> OPTIONS = Set.of(INVITE, HISTORY);

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
      case "/create" -> create(argument);
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
      case "/info" -> bare(word, argument, group(new GroupCommand.Info()));
      case "/members" ->
          argument.isEmpty()
              ? group(new GroupCommand.Members())
              : named(argument, "/members [NAME]", name -> group(new GroupCommand.Members(name)));
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
      case "/avatar" ->
          Names.isAvatar(argument)
              ? people(new PeopleCommand.Avatar(argument))
              : new Line.Wrong(
                  "give the http or https address of a picture, or nothing to have none:"
                      + " /avatar URL");
      case "/who" -> named(argument, "/who NAME", name -> people(new PeopleCommand.Who(name)));
      case "/remark" -> remark(argument);
      case "/watch" ->
          named(argument, "/watch NAME", name -> people(new PeopleCommand.Watch(name)));
      case "/label" -> label(argument);
      case "/contacts" ->
          argument.isEmpty()
              ? people(new PeopleCommand.Contacts())
              : named(
                  argument, "/contacts [NAME]", name -> people(new PeopleCommand.Contacts(name)));
      case "/online" -> status(word, argument, PresenceStatus.ONLINE);
      case "/away" -> status(word, argument, PresenceStatus.AWAY);
      case "/busy" -> status(word, argument, PresenceStatus.BUSY);
      case "/offline" -> status(word, argument, PresenceStatus.OFFLINE);
      case "/chats" -> bare(word, argument, people(new PeopleCommand.Chats()));
      case "/readers" -> bare(word, argument, new Line.Readers());
      default -> null;
    };
  }

  /** No name has a plus sign, so a word with one is an option. */
  private static Line create(String argument) {
    List<String> words = names(argument);
    List<String> options = words.stream().filter(word -> word.startsWith("+")).toList();
    List<String> names = words.stream().filter(word -> !word.startsWith("+")).toList();
    if (names.isEmpty() || !areUsers(names) || !OPTIONS.containsAll(options)) {
      return new Line.Wrong(
          "give names: /create NAME [MEMBERS] [" + INVITE + "] [" + HISTORY + "]" + NAME_RULE);
    }
    return group(
        new GroupCommand.Create(
            names.getFirst(),
            names.subList(1, names.size()),
            options.contains(INVITE),
            options.contains(HISTORY)));
  }

  private static Line label(String argument) {
    String[] words = argument.split("\\s+", 2);
    List<String> labels =
        Arrays.stream((words.length > 1 ? words[1] : "").split(","))
            .map(String::strip)
            .filter(each -> !each.isEmpty())
            .toList();
    if (labels.size() > Names.MAX_LABELS
        || !labels.stream().allMatch(each -> Names.isLabel(each, Names.MAX_CONTACT_LABEL_LENGTH))) {
      return new Line.Wrong(
          "give at most "
              + Names.MAX_LABELS
              + " labels of at most "
              + Names.MAX_CONTACT_LABEL_LENGTH
              + " characters, with commas between them: /label NAME LABELS");
    }
    return named(
        words[0], "/label NAME LABELS", name -> people(new PeopleCommand.Label(name, labels)));
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
