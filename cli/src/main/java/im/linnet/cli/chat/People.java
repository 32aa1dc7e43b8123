package im.linnet.cli.chat;

import im.linnet.client.ChatOps;
import im.linnet.client.ContactInfo;
import im.linnet.client.Conversation;
import im.linnet.client.HistoryEntry;
import im.linnet.client.Message;
import im.linnet.client.Page;
import im.linnet.client.Presence;
import im.linnet.client.Receipts;
import im.linnet.client.UserInfo;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import im.linnet.schemas.event.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Does what the commands about people and conversations say. Safe on any thread. */
final class People {
  private static final int SHOWN_CHATS = 30;
  private static final int PREVIEW = 40;

  private final Dialogue dialogue;
  private final ChatOps server;
  private final Asking asking;
  private final Screen screen;

  People(Dialogue dialogue, ChatOps server, Asking asking, Screen screen) {
    this.dialogue = dialogue;
    this.server = server;
    this.asking = asking;
    this.screen = screen;
  }

  void run(PeopleCommand command) {
    switch (command) {
      case PeopleCommand.Nick nick ->
          asking.order(
              server.profiles().set(nick.nickname(), null), "others see you as " + nick.nickname());
      case PeopleCommand.Avatar avatar ->
          asking.order(
              server.profiles().set(null, avatar.url()),
              avatar.url().isEmpty() ? "you have no picture now" : "others see your new picture");
      case PeopleCommand.Who who -> who(who.user());
      case PeopleCommand.Watch watch ->
          asking.order(
              server.presence().watch(List.of(watch.user())),
              "you are told when " + watch.user() + " comes and goes");
      case PeopleCommand.Remark remark ->
          asking.order(
              server.contacts().set(remark.user(), remark.text(), null),
              remark.text().isEmpty()
                  ? "you have no name of your own for " + remark.user() + " now"
                  : remark.user() + " is '" + remark.text() + "' for you");
      case PeopleCommand.Label label ->
          asking.order(
              server.contacts().set(label.user(), null, label.labels()),
              label.labels().isEmpty()
                  ? label.user() + " has no label now"
                  : label.user() + ": " + String.join(", ", label.labels()));
      case PeopleCommand.Contacts all ->
          asking.question(server.contacts().list(all.after()), People::contacts);
      case PeopleCommand.Status status ->
          asking.order(
              server.presence().set(status.status()),
              "others see you as " + status.status().wire());
      case PeopleCommand.Chats chats ->
          asking.question(server.conversations().list(null, SHOWN_CHATS), this::chats);
    }
  }

  /** Shows the readers of the user's last message in the present talk. */
  void readers() {
    CompletableFuture<MessageId> last = dialogue.lastOwn();
    if (last == null) {
      screen.note("you said nothing here that others can have read");
      return;
    }
    asking.question(
        last.thenCompose(message -> server.messages().receipts(message)), People::readers);
  }

  private void who(String user) {
    CompletableFuture<List<UserInfo>> profile = server.profiles().get(List.of(user));
    CompletableFuture<List<Presence>> presence = server.presence().get(List.of(user));
    asking.question(
        profile.thenCombine(presence, (first, second) -> lines(user, first, second)),
        lines -> lines);
  }

  private List<String> lines(String user, List<UserInfo> profiles, List<Presence> states) {
    String nickname = profiles.isEmpty() ? "" : profiles.getFirst().nickname();
    return List.of(
        user + (nickname.isEmpty() ? " has no nickname" : " is called " + nickname),
        screen.words(
            states.isEmpty() ? new Presence(user, PresenceStatus.OFFLINE, 0) : states.getFirst()));
  }

  private static List<String> contacts(Page<ContactInfo> page) {
    List<String> lines = new ArrayList<>();
    for (ContactInfo contact : page.items()) {
      lines.add(
          contact.userId()
              + (contact.remarkName().isEmpty() ? "" : ", for you '" + contact.remarkName() + "'")
              + (contact.labels().isEmpty() ? "" : ": " + String.join(", ", contact.labels())));
    }
    if (page.next() != null) {
      lines.add("and more; /contacts " + page.next() + " goes on");
    }
    return lines.isEmpty() ? List.of("you noted nothing about anybody; /remark NAME TEXT") : lines;
  }

  private List<String> chats(Page<Conversation> page) {
    List<String> lines = new ArrayList<>();
    for (Conversation chat : page.items()) {
      lines.add(chat(chat));
    }
    if (page.next() != null) {
      lines.add("and older ones");
    }
    return lines.isEmpty() ? List.of("you have no conversations yet; /to NAME begins one") : lines;
  }

  private String chat(Conversation chat) {
    boolean isTopic = chat.kind() == Stream.TOPIC;
    Talk talk = isTopic ? Talk.in(chat.peer()) : Talk.with(chat.peer());
    if (isTopic) {
      dialogue.names().learn(talk.name(), chat.name());
    }
    return (isTopic ? dialogue.names().of(talk.name()) : talk.name())
        + (chat.unread().messages() == 0 ? "" : ", " + chat.unread() + " unread")
        + preview(chat.last())
        + " ("
        + talk.command()
        + ")";
  }

  private String preview(@Nullable HistoryEntry last) {
    if (last == null) {
      return "";
    }
    Message message = last.message();
    String text = message.recalled() ? "(recalled)" : Printable.line(message.content());
    return ": "
        + screen.moment(message.timeMillis())
        + " "
        + message.sender()
        + ": "
        + (text.codePointCount(0, text.length()) <= PREVIEW
            ? text
            : text.substring(0, text.offsetByCodePoints(0, PREVIEW)) + "...");
  }

  private static List<String> readers(Receipts receipts) {
    if (receipts.count() == 0) {
      return List.of("nobody has read your last message yet");
    }
    int more = receipts.count() - receipts.readers().size();
    return List.of(
        "your last message was read by "
            + String.join(", ", receipts.readers())
            + (more > 0 ? " and " + more + " more" : ""));
  }
}
