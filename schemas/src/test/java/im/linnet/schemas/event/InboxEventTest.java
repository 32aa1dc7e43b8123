package im.linnet.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InboxEventTest {
  private static final Origin OF = new Origin(new Position(Stream.P2P, 3, 812), 1);
  private static final MessageEvent MESSAGE =
      new MessageEvent(Stream.P2P, "u-1", "aa", "bb", "text", "Hello");
  private static final ReadEvent READ =
      new ReadEvent(Stream.P2P, "bb", "aa", new Extent.UpTo(new Position(Stream.P2P, 3, 812)));

  @Test
  void aMessageIsItsSenderRecipientAndUuid() {
    assertThat(MESSAGE.source()).isEqualTo("/p2p/aa/bb");
    assertThat(MESSAGE.id("r")).isEqualTo("u-1");
    MessageEvent again = new MessageEvent(Stream.P2P, "u-1", "aa", "bb", "image", "other");
    assertThat(again.source()).isEqualTo(MESSAGE.source());
    MessageEvent mutual = new MessageEvent(Stream.MUTUAL, "u-1", "aa", "bb", "add_friend", "");
    assertThat(mutual.source()).isEqualTo("/mutual/aa/bb");
  }

  @Test
  void aCopyIsNotTheMessage() {
    SentEvent sent = new SentEvent(MESSAGE, OF);
    assertThat(sent.source()).isEqualTo("/p2p/aa/bb/sent");
    assertThat(sent.id("r")).isEqualTo("u-1");
  }

  @Test
  void aReadAndItsReceiptShareTheirId() {
    ReceiptEvent receipt = new ReceiptEvent(READ, OF);
    assertThat(READ.source()).isEqualTo("/p2p/bb/aa/read");
    assertThat(receipt.source()).isEqualTo("/p2p/bb/aa/receipt");
    assertThat(READ.id("r-1")).isEqualTo("r-1");
    assertThat(receipt.id("r-1")).isEqualTo("r-1");
  }

  @Test
  void aChangeIsTheRecipientsAndItsCopyTheSenders() {
    EditEvent edit = new EditEvent(MESSAGE.identity(), "new", null);
    EditEvent copy = new EditEvent(MESSAGE.identity(), "new", OF);
    assertThat(edit.owner()).isEqualTo("bb");
    assertThat(edit.source()).isEqualTo("/p2p/aa/bb/edit");
    assertThat(copy.owner()).isEqualTo("aa");
    assertThat(copy.source()).isEqualTo("/p2p/aa/bb/edit/sent");
    assertThat(edit.id("r-1")).isEqualTo(copy.id("r-1")).isEqualTo("r-1");
  }

  @Test
  void aCopyNamesAPlaceInTheRecipientsPartition() {
    int home = TopicCatalogue.DEFAULT.partition(Stream.P2P, "bb".getBytes(StandardCharsets.UTF_8));
    Origin right = new Origin(new Position(Stream.P2P, home, 812), 1);
    Origin wrong = new Origin(new Position(Stream.P2P, home + 1, 812), 1);
    MessageId message = MESSAGE.identity();
    assertThat(new EditEvent(message, "", null).misplaced(TopicCatalogue.DEFAULT, 0)).isNull();
    assertThat(new EditEvent(message, "", right).misplaced(TopicCatalogue.DEFAULT, 0)).isNull();
    assertThat(new EditEvent(message, "", wrong).misplaced(TopicCatalogue.DEFAULT, 0))
        .isEqualTo("of.at: '" + wrong.at() + "' is not in the partition " + home);
  }

  private static MessageEvent ofTopic(String from, String to) {
    return new MessageEvent(Stream.TOPIC, "u", from, to, "text", "");
  }

  @Test
  void aTopicsRecordsStandUnderTheTopic() {
    TopicAct act = new TopicAct("tea", "aa", "u-7");
    KickedEvent kicked = new KickedEvent(act, "bb");
    assertThat(kicked.owner()).isEqualTo("tea");
    assertThat(kicked.kind()).isEqualTo(Stream.TOPIC);
    assertThat(kicked.id("drawn")).isEqualTo("u-7");
    assertThat(kicked.source()).isEqualTo("/topic/aa/tea/kicked");
    assertThat(ofTopic("aa", "tea").owner()).isEqualTo("tea");
    Extent upTo = new Extent.UpTo(new Position(Stream.TOPIC, 3, 812));
    assertThat(new ReadEvent(Stream.TOPIC, "bb", "tea", upTo, Audience.ALL).owner())
        .isEqualTo("tea");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReadEvent(Stream.TOPIC, "bb", "tea", upTo));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReadEvent(Stream.P2P, "bb", "aa", READ.extent(), Audience.ALL));
  }

  @Test
  void aStepBetweenTwoUsersStandsUnderEachOfThem() {
    FriendEvent asked = new FriendEvent(FriendAct.ADD, "u-1", "aa", "bb", "Hello");
    BlockEvent blocked = new BlockEvent(BlockAct.ADD, "u-2", "aa", "bb");
    for (InboxEvent fact : List.of(asked, blocked)) {
      assertThat(fact.standsUnder("aa")).isTrue();
      assertThat(fact.standsUnder("bb")).isTrue();
      assertThat(fact.standsUnder("cc")).isFalse();
    }
    assertThat(asked.isPushed()).isTrue();
    assertThat(blocked.isPushed()).isFalse();
    assertThat(asked.message())
        .isEqualTo(new MessageEvent(Stream.MUTUAL, "u-1", "aa", "bb", "add_friend", "Hello"));
  }

  @Test
  void aVerdictStandsUnderTheCallerOrTheTopic() {
    VerdictEvent ofPair =
        new VerdictEvent(Stream.MUTUAL, "aa|bb", "bb", "u-1", 0, null, null, null);
    VerdictEvent ofTopic = new VerdictEvent(Stream.TOPIC, "tea", "bb", "u-1", 0, null, null, null);
    assertThat(ofPair.owner()).isEqualTo("bb");
    assertThat(ofTopic.owner()).isEqualTo("tea");
    assertThat(ofPair.isPushed()).isFalse();
  }

  @Test
  void aCommandAboutTwoUsersHasOneKeyWhoeverAsks() {
    FriendCommand one = new FriendCommand(FriendAct.ADD, "u-1", "bb", "aa", "");
    BlockCommand other = new BlockCommand(BlockAct.REMOVE, "u-2", "aa", "bb");
    assertThat(one.owner()).isEqualTo("aa|bb").isEqualTo(other.owner());
    assertThat(one.id("drawn")).isEqualTo("u-1");
    assertThat(one.source()).isEqualTo("/command/bb/aa/friend.add");
  }

  @Test
  void noTwoEventsOfTwoUsersShareASource() {
    List<String> names =
        List.of("a", "b", "sent", "read", "receipt", "edit", "recall", "p2p", "a.b", "b-a");
    Set<String> sources = new HashSet<>();
    int count = 0;
    for (String one : names) {
      for (String other : names) {
        MessageEvent message = new MessageEvent(Stream.P2P, "u", one, other, "text", "");
        ReadEvent read = new ReadEvent(Stream.P2P, one, other, READ.extent());
        for (InboxEvent event :
            List.of(
                message,
                new SentEvent(message, OF),
                read,
                new ReceiptEvent(read, OF),
                new EditEvent(message.identity(), "", null),
                new EditEvent(message.identity(), "", OF),
                new RecallEvent(message.identity(), null),
                new RecallEvent(message.identity(), OF),
                new FriendEvent(FriendAct.ADD, "u", one, other, ""),
                new FriendEvent(FriendAct.REMOVE, "u", one, other, ""),
                new BlockEvent(BlockAct.ADD, "u", one, other),
                ofTopic(one, other),
                new JoinedEvent(new TopicAct(other, one, "u"), List.of(one)),
                new LeftEvent(new TopicAct(other, one, "u"), one))) {
          sources.add(event.source());
          count++;
        }
      }
    }
    assertThat(sources).hasSize(count);
  }

  @Test
  void anEditInATopicSaysWhoIsTold() {
    MessageId message = new MessageId(Stream.TOPIC, "tea", "u-1", "aa");
    EditEvent edit = new EditEvent(message, "new", null, new Position(Stream.TOPIC, 3, 41));
    assertThat(edit.isFor(41)).isTrue();
    assertThat(edit.isFor(42)).isFalse();
    assertThat(new EditEvent(message, "new", null).isFor(42)).isTrue();
    assertThat(edit.misplaced(TopicCatalogue.DEFAULT, 3)).isNull();
    assertThat(edit.misplaced(TopicCatalogue.DEFAULT, 4)).contains("since", "topic/3/41");
  }
}
