package im.linnet.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.client.ClientEvent;
import im.linnet.schemas.Stream;
import im.linnet.schemas.document.PresenceStatus;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What bb asks about people and friends, and what the screen answers. */
class PeopleTest {
  private final FakeChatServer server = new FakeChatServer();
  private final StringWriter printed = new StringWriter();
  private final Screen screen =
      new Screen(
          new PlainConsole(new BufferedReader(Reader.nullReader()), new PrintWriter(printed)),
          ZoneOffset.UTC);
  private final Answers answers = new Answers(screen);
  private final Dialogue dialogue = new Dialogue("bb", "aa", 20, screen, server, answers, 5_000);
  private final Asking asking = new Asking(answers, screen, 5_000);
  private final People people = new People(dialogue, server, asking, screen);
  private final Friends friends = new Friends("bb", server, asking);

  @Test
  void friendshipIsAskedAndAnsweredByMutualMessages() {
    friends.run(new FriendCommand.Add("cc", "It is me"));
    friends.run(new FriendCommand.Accept("dd"));
    friends.run(new FriendCommand.Reject("ee"));
    friends.run(new FriendCommand.Remove("ff"));

    assertThat(server.said)
        .extracting(each -> each.kind() + " " + each.type() + " " + each.to() + each.content())
        .containsExactly(
            "MUTUAL add_friend ccIt is me",
            "MUTUAL accept_friend dd",
            "MUTUAL reject_friend ee",
            "MUTUAL remove_friend ff");
    assertThat(lines())
        .containsExactly(
            "* you asked cc to be your friend",
            "* dd and you are friends now",
            "* you rejected the request of ee",
            "* you ended the friendship with ff");
  }

  @Test
  void aRefusalIsSaidInWordsWithWhatToDo() {
    server.failure = FakeChatServer.refusal(4009, "conflict: you and cc are friends already");
    friends.run(new FriendCommand.Add("cc", ""));
    server.failure = FakeChatServer.refusal(4004, "not_found: cc has not asked you");
    friends.run(new FriendCommand.Accept("cc"));
    friends.run(new FriendCommand.Remove("cc"));

    assertThat(lines())
        .containsExactly(
            "* you and cc are friends already; /friends and /requests show how it stands",
            "* cc has not asked you; /requests lists them",
            "* cc has not asked you; /friends lists yours");
  }

  @Test
  void friendsRequestsAndBlockedUsersAreListed() {
    friends.run(new FriendCommand.Friends());
    friends.run(new FriendCommand.Requests());
    friends.run(new FriendCommand.Blocked());
    server.told.put("friend.list", "{'friends':['aa','cc']}");
    server.told.put("block.list", "{'blocked':['dd']}");
    server.told.put(
        "friend.requests",
        "{'requests':[{'user':'bb','reqUser':'ee','reqMessage':'Hi','status':0},"
            + "{'user':'ff','reqUser':'bb','reqMessage':'','status':0},"
            + "{'user':'cc','reqUser':'bb','reqMessage':'','status':1},"
            + "{'user':'bb','reqUser':'gg','reqMessage':'','status':2}]}");
    friends.run(new FriendCommand.Friends());
    friends.run(new FriendCommand.Requests());
    friends.run(new FriendCommand.Blocked());

    assertThat(lines())
        .containsExactly(
            "* you have no friends here; /add NAME",
            "* there are no requests",
            "* you block nobody",
            "* friends: aa, cc",
            "* ee asks to be your friend: Hi (/accept ee, /reject ee)",
            "* you asked ff, who has not answered yet",
            "* cc accepted your request",
            "* you rejected the request of gg",
            "* blocked: dd");
  }

  @Test
  void requestsThatAreNotListedAreMentioned() {
    server.told.put(
        "friend.requests",
        "{'requests':[{'user':'bb','reqUser':'ee','reqMessage':'Hi','cut':true,'status':0}],"
            + "'more':true}");
    friends.run(new FriendCommand.Requests());

    assertThat(lines())
        .containsExactly(
            "* ee asks to be your friend: Hi... (/accept ee, /reject ee)",
            "* there are older requests, which are not listed");
  }

  @Test
  void whoIsBlockedIsSaid() {
    friends.run(new FriendCommand.Block("cc"));
    friends.run(new FriendCommand.Unblock("cc"));

    assertThat(server.asked)
        .containsExactly("block.add {\"user\":\"cc\"}", "block.remove {\"user\":\"cc\"}");
    assertThat(lines())
        .containsExactly(
            "* you block cc; messages from cc are refused", "* cc can write to you again");
  }

  @Test
  void friendRequestsAndTheirAnswersAreSaidAsTheyCome() {
    dialogue.synced(new ClientEvent.Synced(List.of(), false, false));
    dialogue.received(server.says(Stream.MUTUAL, "add_friend", "cc", "bb", "It is me"));
    dialogue.received(server.says(Stream.MUTUAL, "accept_friend", "dd", "bb", ""));
    dialogue.received(server.says(Stream.MUTUAL, "reject_friend", "ee", "bb", ""));
    dialogue.received(server.says(Stream.MUTUAL, "remove_friend", "ff", "bb", ""));

    assertThat(lines())
        .containsExactly(
            "* cc asks to be your friend: It is me (/accept cc, /reject cc)",
            "* dd and you are friends now",
            "* ee rejected your friend request",
            "* ff ended the friendship with you");
  }

  @Test
  void profilesContactsAndStatus() {
    server.told.put("profile.get", "{'profiles':[{'user':'cc','nickname':'Cee','avatar':''}]}");
    server.told.put(
        "presence.get", "{'presence':[{'user':'cc','status':'offline','lastSeen':60000}]}");
    server.told.put(
        "contact.list", "{'contacts':[{'user':'cc','remark':'C','labels':['work','tea']}]}");
    people.run(new PeopleCommand.Who("cc"));
    people.run(new PeopleCommand.Nick("Bee"));
    people.run(new PeopleCommand.Remark("cc", "C"));
    people.run(new PeopleCommand.Remark("cc", ""));
    people.run(new PeopleCommand.Contacts());
    people.run(new PeopleCommand.Status(PresenceStatus.AWAY));

    assertThat(server.asked)
        .contains(
            "profile.get {\"users\":[\"cc\"]}",
            "profile.set {\"nickname\":\"Bee\"}",
            "contact.set {\"user\":\"cc\",\"remark\":\"C\"}",
            "presence.set {\"status\":\"away\"}");
    assertThat(lines())
        .containsExactly(
            "* cc is called Cee",
            "* cc is offline, last seen 1970-01-01 00:01",
            "* others see you as Bee",
            "* cc is 'C' for you",
            "* you have no name of your own for cc now",
            "* cc, for you 'C': work, tea",
            "* others see you as away");
  }

  @Test
  void conversationsHavePreviewsAndUnreadCounts() {
    server.told.put(
        "conversations",
        "{'conversations':[{'kind':'p2p','peer':'cc','unread':3,'last':{'kind':'p2p','at':'p2p/0/1','uuid':'m1','from':'cc','to':'bb',"
            + "'time':60000,'content':'Hello'}},{'kind':'topic','topic':'t1','name':'Tea','unread':0},"
            + "{'kind':'p2p','peer':'dd','unread':1000,'more':true,'last':{'kind':'p2p','at':'p2p/0/2','uuid':'m2',"
            + "'from':'bb','to':'dd','time':0,'content':'','recalled':true}}],'next':'n'}");
    people.run(new PeopleCommand.Chats());

    assertThat(lines())
        .containsExactly(
            "* cc, 3 unread: 1970-01-01 00:01 cc: Hello (/to cc)",
            "* Tea (/topic t1)",
            "* dd, 1000+ unread: 1970-01-01 00:00 bb: (recalled) (/to dd)",
            "* and older ones");
  }

  @Test
  void theReadersOfTheLastMessageAreNamed() {
    people.readers();
    dialogue.send("Hello");
    server.told.put("receipts", "{'readers':[],'count':0}");
    people.readers();
    server.told.put("receipts", "{'readers':['aa','cc'],'count':5}");
    people.readers();

    assertThat(server.asked).contains("receipts {\"kind\":\"p2p\",\"to\":\"aa\",\"uuid\":\"u0\"}");
    assertThat(notes())
        .containsExactly(
            "* you said nothing here that others can have read",
            "* nobody has read your last message yet",
            "* your last message was read by aa, cc and 3 more");
  }

  @Test
  void picturesLabelsAndWatchedUsers() {
    people.run(new PeopleCommand.Avatar("https://example.org/bb.png"));
    people.run(new PeopleCommand.Avatar(""));
    people.run(new PeopleCommand.Label("cc", List.of("work", "tea")));
    people.run(new PeopleCommand.Label("cc", List.of()));
    people.run(new PeopleCommand.Watch("dd"));
    server.told.put("contact.list", "{'contacts':[{'user':'cc'}],'next':'cc'}");
    people.run(new PeopleCommand.Contacts("aa"));

    assertThat(server.asked)
        .containsExactly(
            "profile.set {\"avatar\":\"https://example.org/bb.png\"}",
            "profile.set {\"avatar\":\"\"}",
            "contact.set {\"user\":\"cc\",\"labels\":[\"work\",\"tea\"]}",
            "contact.set {\"user\":\"cc\",\"labels\":[]}",
            "contact.list {\"after\":\"aa\"}");
    assertThat(server.watched).containsExactly("dd");
    assertThat(lines())
        .containsExactly(
            "* others see your new picture",
            "* you have no picture now",
            "* cc: work, tea",
            "* cc has no label now",
            "* you are told when dd comes and goes",
            "* cc",
            "* and more; /contacts cc goes on");
  }

  @Test
  void aServerInTroubleIsToBeAskedAgain() {
    server.failure = FakeChatServer.refusal(5003, "unavailable: the view lags");
    people.run(new PeopleCommand.Chats());

    assertThat(lines()).containsExactly("* the view lags; try again in a moment");
  }

  private List<String> lines() {
    return printed.toString().lines().toList();
  }

  private List<String> notes() {
    return lines().stream().filter(line -> line.startsWith("*")).toList();
  }
}
