package im.linnet.cli.chat;

import im.linnet.client.MessageChange;
import im.linnet.schemas.Names;
import java.util.List;
import java.util.OptionalInt;

/** The meaning of a typed line. */
sealed interface Line {
  /** The most messages that one line asks for. */
  int MOST_HISTORY = 200;

  /** The inputs, one on each line. */
  List<String> HELP =
      List.of(
          "Talk",
          "  /to NAME, /topic NAME     talk to a user, or in a topic",
          "  /chats, /unread           your conversations; what waits for you",
          "  /history [N], /more [N]   show the last N messages again; N before those",
          "  /edit TEXT, /recall       change your last message here; take it back",
          "  /readers                  the readers of your last message here",
          "Topics",
          "  /topics, /join NAME       list yours; become a member of one",
          "  /create NAME [MEMBERS] [+invite] [+history]",
          "                            begin one; +invite: others join by invitation;",
          "                            +history: newcomers see the earlier messages",
          "The topic that you talk in",
          "  /info, /members [NAME]    what it is; its members by name, after NAME",
          "  /invite NAMES, /leave     make others members; stop being one",
          "  /kick NAME                remove a member (only the founder)",
          "  /rename TEXT              give it another name (only the founder)",
          "  /transfer NAME            make NAME the founder (only the founder)",
          "  /disband                  end it for everyone (only the founder)",
          "Friends",
          "  /friends, /requests       your friends; who asked whom to be one",
          "  /add NAME [TEXT]          ask NAME to be your friend",
          "  /accept NAME, /reject NAME",
          "                            answer the request of NAME",
          "  /remove NAME              end the friendship with NAME",
          "People",
          "  /who NAME, /watch NAME    profile, presence; say when NAME comes or goes",
          "  /contacts [NAME]          your notes about people by name, after NAME",
          "  /remark NAME [TEXT]       note a name of your own for NAME",
          "  /label NAME [LABELS]      note labels for NAME, with commas between them",
          "  /block NAME, /unblock NAME",
          "                            refuse the messages of NAME; take them again",
          "  /blocked                  the users whom you block",
          "You",
          "  /nick TEXT, /avatar [URL] choose the name and the picture that others see",
          "  /online, /away, /busy, /offline",
          "                            choose your status; offline: be invisible",
          "The chat",
          "  /help, /quit              show this list; end, as Ctrl-D does",
          "  //                        begins a message with a slash: //etc sends /etc",
          "  Enter                     alone: connect now if the connection is lost");

  /** Nothing. */
  record Blank() implements Line {}

  /** A message. */
  record Say(String text) implements Line {}

  /** Talk to another user. */
  record To(String name) implements Line {}

  /** Talk in a topic, given by its id or its name. */
  record Topic(String name) implements Line {}

  /** Do something about topics. */
  record Group(GroupCommand command) implements Line {}

  /** Do something about friends. */
  record Friend(FriendCommand command) implements Line {}

  /** Do something about people. */
  record People(PeopleCommand command) implements Line {}

  /** Show the readers of the user's own last message in this talk. */
  record Readers() implements Line {}

  /** Show the newest messages, with a number that many. */
  record History(OptionalInt count) implements Line {}

  /** Show earlier messages. */
  record More(OptionalInt count) implements Line {}

  /** Change the user's own last message in this talk. */
  record Change(MessageChange change) implements Line {}

  /** Show the unread counts. */
  record Unread() implements Line {}

  /** Show the inputs. */
  record Help() implements Line {}

  /** End the chat. */
  record Quit() implements Line {}

  /** Talk to another user, but no user can have that name; the text says so. */
  record Nobody(String reason) implements Line {}

  /** Not understood; the text says why. */
  record Wrong(String reason) implements Line {}

  /** Reads a line. */
  static Line parse(String line) {
    String[] words = line.trim().split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "" -> new Blank();
      case "/to" ->
          Names.isUser(argument)
              ? new To(argument)
              : new Nobody(
                  "'"
                      + argument
                      + "' is not a user name; give /to NAME, with 1-64 of A-Z a-z 0-9 . _ @ -");
      case "/topic" ->
          argument.isEmpty() ? new Nobody("give the topic: /topic NAME") : new Topic(argument);
      case "/history" ->
          isCount(argument) ? new History(count(argument)) : new Wrong("give 1 to 200: /history N");
      case "/more" ->
          isCount(argument) ? new More(count(argument)) : new Wrong("give 1 to 200: /more N");
      case "/edit" ->
          argument.isEmpty()
              ? new Wrong("give the new text: /edit TEXT")
              : new Change(new MessageChange.Edit(argument));
      case "/recall" -> new Change(new MessageChange.Recall());
      case "/unread" -> new Unread();
      case "/help" -> new Help();
      case "/quit" -> new Quit();
      default -> other(line, words[0], argument);
    };
  }

  private static Line other(String line, String word, String argument) {
    if (!line.startsWith("/")) {
      return new Say(line);
    }
    if (line.startsWith("//")) {
      return new Say(line.substring(1));
    }
    Line command = CommandLines.parse(word, argument);
    return command == null
        ? new Wrong(
            word + " is not a command; /help lists them, and // begins a message with a slash")
        : command;
  }

  private static boolean isCount(String text) {
    return text.isEmpty()
        || (text.matches("[0-9]{1,3}")
            && Integer.parseInt(text) >= 1
            && Integer.parseInt(text) <= MOST_HISTORY);
  }

  private static OptionalInt count(String text) {
    return text.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
  }
}
