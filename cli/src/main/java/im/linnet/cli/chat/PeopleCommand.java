package im.linnet.cli.chat;

import im.linnet.schemas.document.PresenceStatus;

/** A typed command about people and conversations. */
sealed interface PeopleCommand {
  /** Choose the name that others see. */
  record Nick(String nickname) implements PeopleCommand {}

  /** Show the profile and the presence of a user. */
  record Who(String user) implements PeopleCommand {}

  /** Note a name of one's own for a user; an empty one removes it. */
  record Remark(String user, String text) implements PeopleCommand {}

  /** Show the contacts. */
  record Contacts() implements PeopleCommand {}

  /** Choose the status that others see. */
  record Status(PresenceStatus status) implements PeopleCommand {}

  /** Show the newest conversations. */
  record Chats() implements PeopleCommand {}
}
