package im.linnet.records;

import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.Audience;
import im.linnet.schemas.event.CreatedEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.DisbandedEvent;
import im.linnet.schemas.event.Extent;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.JoinedEvent;
import im.linnet.schemas.event.KickedEvent;
import im.linnet.schemas.event.LeftEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ReadEvent;
import java.util.ArrayList;
import java.util.List;

/** What a log says of topics, read from its start to its end for each question. */
final class TopicModel {
  private final List<Decoded.Valid<InboxEvent>> records;

  /**
   * @param counting the records that count
   */
  TopicModel(List<Decoded.Valid<InboxEvent>> counting) {
    records = counting.stream().filter(each -> each.event().kind() == Stream.TOPIC).toList();
  }

  private List<Decoded.Valid<InboxEvent>> of(String topic) {
    return records.stream().filter(each -> each.owner().equals(topic)).toList();
  }

  private static long offset(Decoded.Valid<InboxEvent> record) {
    return record.record().offset();
  }

  /** A user is sent what stands at an offset: the facts until then made it a member, or end it. */
  boolean isSent(String topic, String user, long offset) {
    boolean member = false;
    for (Decoded.Valid<InboxEvent> each : of(topic)) {
      boolean joins = begins(each.event(), user);
      if (offset(each) == offset) {
        return member || joins;
      }
      if (offset(each) > offset) {
        return member;
      }
      member = joins || (member && !ends(each.event(), user));
    }
    return member;
  }

  boolean isMember(String topic, String user) {
    return isSent(topic, user, Long.MAX_VALUE);
  }

  private static boolean begins(InboxEvent event, String user) {
    return switch (event) {
      case CreatedEvent created -> created.members().contains(user);
      case JoinedEvent joined -> joined.members().contains(user);
      default -> false;
    };
  }

  private static boolean ends(InboxEvent event, String user) {
    return switch (event) {
      case LeftEvent left -> left.member().equals(user);
      case KickedEvent kicked -> kicked.member().equals(user);
      case DisbandedEvent over -> true;
      default -> false;
    };
  }

  /** The offset of the fact by which the user became a member last; -1 where it never did. */
  long lastJoin(String topic, String user) {
    return of(topic).stream()
        .filter(each -> begins(each.event(), user))
        .mapToLong(TopicModel::offset)
        .max()
        .orElse(-1);
  }

  boolean hasHistory(String topic) {
    return of(topic).stream()
        .anyMatch(each -> each.event() instanceof CreatedEvent created && created.history());
  }

  long upTo(String topic, String user) {
    long upTo = -1;
    for (Decoded.Valid<InboxEvent> each : of(topic)) {
      if (each.event() instanceof ReadEvent read && read.reader().equals(user)) {
        long reached =
            switch (read.extent()) {
              case Extent.UpTo mark -> Math.min(mark.upTo().offset(), offset(each) - 1);
              case Extent.Uuids named ->
                  messages(topic).stream()
                      .filter(sent -> offset(sent) < offset(each))
                      .filter(sent -> named.uuids().contains(message(sent).uuid()))
                      .mapToLong(TopicModel::offset)
                      .max()
                      .orElse(-1);
            };
        upTo = Math.max(upTo, reached);
      }
    }
    return upTo;
  }

  private static MessageEvent message(Decoded.Valid<InboxEvent> record) {
    return (MessageEvent) record.event();
  }

  private List<Decoded.Valid<InboxEvent>> messages(String topic) {
    return of(topic).stream().filter(each -> each.event() instanceof MessageEvent).toList();
  }

  List<String> readers(String topic, long offset, String sender) {
    return SeededTopics.USERS.stream()
        .filter(user -> !user.equals(sender) && upTo(topic, user) >= offset)
        .filter(user -> hasHistory(topic) || isSent(topic, user, offset))
        .toList();
  }

  /** The offsets of the messages that a user can look up, newest first. */
  List<Long> visible(String topic, String user) {
    List<Long> visible = new ArrayList<>();
    for (Decoded.Valid<InboxEvent> each : messages(topic).reversed()) {
      long offset = offset(each);
      boolean sees =
          hasHistory(topic) ? isMember(topic, user) || before(topic, user, offset) : false;
      if (sees || isSent(topic, user, offset)) {
        visible.add(offset);
      }
    }
    return visible;
  }

  /** Whether an offset lies before the end of the user's last membership. */
  private boolean before(String topic, String user, long offset) {
    return of(topic).stream()
        .anyMatch(each -> offset(each) > offset && isSent(topic, user, offset(each)));
  }

  /** Offsets of others' messages that a member has not read since it joined last. */
  List<Long> unread(String topic, String user) {
    if (!isMember(topic, user)) {
      return List.of();
    }
    long above = Math.max(upTo(topic, user), lastJoin(topic, user));
    return messages(topic).stream()
        .filter(each -> offset(each) > above && !message(each).from().equals(user))
        .map(TopicModel::offset)
        .toList();
  }

  List<PeerCount> unreadCounts(String user) {
    return SeededTopics.TOPICS.stream()
        .sorted()
        .map(topic -> new PeerCount(topic, unread(topic, user).size(), false))
        .filter(count -> count.count() > 0)
        .toList();
  }

  /** Offsets of what stands under the topic, between two bounds, both exclusive. */
  List<Long> delivered(String topic, long above, long below) {
    return of(topic).stream()
        .filter(each -> !(each.event() instanceof ReadEvent r) || r.audience() == Audience.ALL)
        .map(TopicModel::offset)
        .filter(offset -> offset > above && offset < below)
        .toList();
  }

  /** Offsets of the marks that a user alone is told of in a partition. */
  List<Long> deliveredToReader(int partition, String user) {
    return records.stream()
        .filter(each -> each.record().partition() == partition)
        .filter(
            each ->
                each.event() instanceof ReadEvent read
                    && read.audience() == Audience.READER
                    && read.reader().equals(user))
        .map(TopicModel::offset)
        .toList();
  }
}
