package im.linnet.cli.chat;

import im.linnet.schemas.document.PresenceStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A typed command about people and conversations. */
sealed interface PeopleCommand {
  /** Choose the name that others see. */
  record Nick(String nickname) implements PeopleCommand {}

  /** Choose the picture that others see; an empty URL removes it. */
  record Avatar(String url) implements PeopleCommand {}

  /** Tell when a user comes and goes. */
  record Watch(String user) implements PeopleCommand {}

  /** Show the profile and the presence of a user. */
  record Who(String user) implements PeopleCommand {}

  /** Note a name of one's own for a user; an empty one removes it. */
  record Remark(String user, String text) implements PeopleCommand {}

  /** Note labels of one's own for a user; none at all removes them. */
  record Label(String user, List<String> labels) implements PeopleCommand {
    public Label {
      labels = List.copyOf(labels);
    }
  }

  /**
   * Show the contacts.
   *
   * @param after the name after which to begin; null for the first one
   */
  record Contacts(@Nullable String after) implements PeopleCommand {
    /** The first contacts by name. */
    Contacts() {
      this(null);
    }
  }

  /** Choose the status that others see. */
  record Status(PresenceStatus status) implements PeopleCommand {}

  /** Show the newest conversations. */
  record Chats() implements PeopleCommand {}
}
