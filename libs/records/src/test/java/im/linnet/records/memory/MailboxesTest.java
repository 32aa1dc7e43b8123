package im.linnet.records.memory;

import static org.assertj.core.api.Assertions.assertThat;

import im.linnet.records.InboxRecord;
import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import im.linnet.records.StoredMessage.Revision;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.InboxEventCodec;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MailboxesTest {
  private final Mailboxes mailboxes = new Mailboxes(7);

  private void add(long offset, String content) {
    MessageEvent message = new MessageEvent(Stream.P2P, "m", "aa", "bb", "text", content);
    byte[] value = InboxEventCodec.encode(message);
    mailboxes.add(message, new InboxRecord(Stream.P2P, "bb", 0, offset, 5, value));
  }

  private static UnaryOperator<StoredMessage> edited(String content, long by) {
    return stored -> {
      MessageEvent old = stored.message();
      return new StoredMessage(
          new MessageEvent(old.kind(), old.uuid(), old.from(), old.to(), old.token(), content),
          stored.at(),
          stored.time(),
          stored.read(),
          null,
          new Revision(false, 9, by));
    };
  }

  private Mailbox mailbox() {
    return Objects.requireNonNull(mailboxes.mailbox(Stream.P2P, "bb"));
  }

  @Test
  void eachCollectionOfTheViewIsInMemory() {
    add(1, "text");
    int documents = 0;
    for (ViewCollection<?> collection : ViewCollection.ALL) {
      List<Object> found = new ArrayList<>();
      mailboxes.forEach(collection, found::add);
      documents += found.size();
    }
    assertThat(documents).isEqualTo(1);
  }

  @Test
  void aRevisionChangesTheNewestMessageBelowIt() {
    add(1, "old");
    add(5, "new");
    add(9, "later");
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "aa"), 7, edited("edited", 7));

    assertThat(mailbox().delivered(-1, 100, 10))
        .extracting(each -> new String(each.value(), StandardCharsets.UTF_8))
        .satisfiesExactly(
            old -> assertThat(old).contains("old"),
            changed -> assertThat(changed).endsWith("\"content\":\"edited\",\"edited\":9}"),
            later -> assertThat(later).contains("later"));
    assertThat(mailbox().unread(1, 9, 10))
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.revision()).isEqualTo(new Revision(false, 9, 7));
              assertThat(stored.message().content()).isEqualTo("edited");
              assertThat(stored.raw()).isNull();
            });
  }

  @Test
  void anOlderRevisionAndARepeatLeaveItAlone() {
    add(1, "old");
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "aa"), 7, edited("second", 7));
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "aa"), 6, edited("first", 6));
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "aa"), 7, edited("again", 7));
    add(1, "old");

    StoredMessage found = Objects.requireNonNull(mailbox().find("m", "aa"));
    assertThat(found.message().content()).isEqualTo("second");
  }

  @Test
  void whatIsNotThereIsNotRevised() {
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "aa"), 7, edited("x", 7));
    assertThat(mailboxes.mailbox(Stream.P2P, "bb")).isNull();
    add(8, "later");
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "aa"), 7, edited("x", 7));
    mailboxes.revise(new MessageId(Stream.P2P, "bb", "m", "cc"), 9, edited("x", 9));
    assertThat(Objects.requireNonNull(mailbox().find("m", "aa")).message().content())
        .isEqualTo("later");
  }

  /** Ranges that count how often somebody looks at one. */
  private static final class CountedRanges extends AbstractList<Span> {
    private final List<Span> ranges;
    private int looks;

    CountedRanges(Span... ranges) {
      this.ranges = List.of(ranges);
    }

    @Override
    public Span get(int index) {
      looks++;
      return ranges.get(index);
    }

    @Override
    public int size() {
      return ranges.size();
    }
  }

  @Test
  void theNewestMessagesOfSomeRangesAreFoundWithoutThoseOutside() {
    for (long offset = 0; offset < 1_000; offset++) {
      add(offset, "text");
    }
    CountedRanges ranges =
        new CountedRanges(new Span(3, 4), new Span(6, 6), new Span(7, 9), new Span(2_000, 3_000));
    List<Long> found = new ArrayList<>();
    mailbox().newest(ranges, 9).forEachRemaining(each -> found.add(each.at().offset()));
    assertThat(found).containsExactly(8L, 7L, 6L, 4L, 3L);
    assertThat(ranges.looks).as("looks at a range").isEqualTo(ranges.size());
    assertThat(mailbox().newest(List.of(new Span(999, Span.OPEN)), Long.MAX_VALUE).next().at())
        .isEqualTo(Objects.requireNonNull(mailbox().find("m", "aa")).at());
    assertThat(mailbox().newest(List.of(new Span(5, 7)), 5).hasNext()).isFalse();
    assertThat(mailbox().newest(List.of(), Long.MAX_VALUE).hasNext()).isFalse();
  }
}
