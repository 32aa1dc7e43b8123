package im.linnet.records;

import im.linnet.records.UnreadCounts.PeerCount;
import im.linnet.schemas.Position;
import im.linnet.schemas.Stream;
import im.linnet.schemas.event.ChangeEvent;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.event.Decoded;
import im.linnet.schemas.event.InboxEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.ProfileEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a log says, read from its start to its end for each question. */
final class ModelView {
  private final List<Decoded.Valid<InboxEvent>> delivered = new ArrayList<>();
  private final List<StoredMessage> messages = new ArrayList<>();
  private final Map<String, Map<String, StoredContact>> contacts = new HashMap<>();
  private final Map<String, StoredProfile> profiles = new HashMap<>();

  ModelView(List<Decoded.Valid<InboxEvent>> log) {
    for (Decoded.Valid<InboxEvent> valid : log) {
      if (valid.event() instanceof ProfileEvent change) {
        profiles.compute(
            change.user(),
            (user, before) ->
                (before == null ? StoredProfile.empty(user) : before)
                    .with(change, valid.record().offset()));
      } else if (valid.event() instanceof ContactEvent note) {
        contacts
            .computeIfAbsent(note.owner(), owner -> new TreeMap<>())
            .compute(
                note.user(),
                (user, before) ->
                    (before == null ? StoredContact.empty(note.owner(), user) : before)
                        .with(note, valid.record().offset()));
      } else if (!(valid.event() instanceof MessageEvent message)) {
        delivered.add(valid);
      } else if (!isCopy(log, valid)) {
        delivered.add(valid);
        messages.add(
            changed(
                log,
                new StoredMessage(
                    message,
                    TestLog.position(valid),
                    valid.record().timestamp(),
                    SeededHistory.isRead(log, valid))));
      }
    }
  }

  /** All changes of it that stand before the next message of its identity, in their order. */
  private static StoredMessage changed(List<Decoded.Valid<InboxEvent>> log, StoredMessage sent) {
    long next =
        log.stream()
            .filter(
                each ->
                    each.event() instanceof MessageEvent other
                        && identity(other).equals(identity(sent.message()))
                        && !isCopy(log, each))
            .mapToLong(each -> each.record().offset())
            .filter(offset -> offset > sent.at().offset())
            .min()
            .orElse(Long.MAX_VALUE);
    StoredMessage now = sent;
    for (Decoded.Valid<InboxEvent> each : log) {
      if (each.event() instanceof ChangeEvent change
          && change.of() == null
          && change.message().equals(sent.message().identity())
          && each.record().offset() > sent.at().offset()
          && each.record().offset() < next) {
        now =
            new ChangeMessage(change, TestLog.position(each), each.record().timestamp())
                .changed(now);
      }
    }
    return now;
  }

  /** By the rule's own words: the same identity stands at most 30 s before it. */
  private static boolean isCopy(
      List<Decoded.Valid<InboxEvent>> log, Decoded.Valid<InboxEvent> valid) {
    MessageEvent message = (MessageEvent) valid.event();
    Position at = TestLog.position(valid);
    return log.stream()
        .filter(each -> TestLog.position(each).place().equals(at.place()))
        .filter(each -> TestLog.position(each).offset() < at.offset())
        .filter(each -> valid.record().timestamp() - each.record().timestamp() <= 30_000)
        .anyMatch(
            each ->
                each.event() instanceof MessageEvent other
                    && other.uuid().equals(message.uuid())
                    && other.from().equals(message.from())
                    && other.to().equals(message.to()));
  }

  /** The newest message of that one's identity. */
  StoredMessage newest(MessageEvent message) {
    return messages.stream()
        .filter(each -> identity(each.message()).equals(identity(message)))
        .max(Comparator.comparingLong(each -> each.at().offset()))
        .orElseThrow();
  }

  private static List<Object> identity(MessageEvent message) {
    return List.of(message.kind(), message.to(), message.uuid(), message.from());
  }

  List<StoredMessage> messages() {
    return messages;
  }

  /** All conversations, newest first. */
  List<ConversationPage.Entry> conversations(String user) {
    Map<String, PeerCount> unread = new HashMap<>();
    unread(user).p2p().forEach(each -> unread.put(each.peer(), each));
    return SeededHistory.USERS.stream()
        .map(peer -> Map.entry(peer, history(Stream.P2P, user, peer)))
        .filter(each -> !each.getValue().isEmpty())
        .map(
            each ->
                new ConversationPage.Entry(
                    Stream.P2P,
                    "",
                    new TopicPage.Entry(each.getValue().getFirst(), 0),
                    unread.getOrDefault(each.getKey(), new PeerCount(each.getKey(), 0, false))))
        .sorted(
            Comparator.<ConversationPage.Entry>comparingLong(each -> -each.last().stored().time())
                .thenComparing(ConversationPage.Entry::peer))
        .toList();
  }

  /** What users show, of those who show something or once did. */
  Collection<StoredProfile> profiles() {
    return profiles.values();
  }

  /** What a user noted, by the others' names. */
  List<StoredContact> contacts(String owner) {
    return List.copyOf(contacts.getOrDefault(owner, Map.of()).values());
  }

  /** Offsets of what was delivered between two bounds, both exclusive. */
  List<Long> inbox(Stream stream, String key, long above, long below) {
    return delivered.stream()
        .filter(each -> each.event().kind() == stream && each.owner().equals(key))
        .map(each -> each.record().offset())
        .filter(offset -> offset > above && offset < below)
        .toList();
  }

  List<StoredMessage> unread(Stream stream, String user, long above, long below) {
    return messages.stream()
        .filter(isTo(stream, user).and(stored -> !stored.read()))
        .filter(stored -> stored.at().offset() > above && stored.at().offset() < below)
        .toList();
  }

  /** The offset that leaves so many of these above it. */
  static long floor(List<Long> offsets, long above, int limit) {
    return offsets.size() > limit ? offsets.get(offsets.size() - limit - 1) : above;
  }

  UnreadCounts unread(String user) {
    Map<String, Long> counts =
        unread(Stream.P2P, user, -1, Long.MAX_VALUE).stream()
            .collect(
                Collectors.groupingBy(
                    stored -> stored.message().from(), TreeMap::new, Collectors.counting()));
    return new UnreadCounts(
        counts.entrySet().stream()
            .map(each -> new PeerCount(each.getKey(), each.getValue(), false))
            .toList(),
        List.of(),
        unread(Stream.MUTUAL, user, -1, Long.MAX_VALUE).size(),
        false);
  }

  /** A whole conversation: of the newest message left in each direction always the newer one. */
  List<StoredMessage> history(Stream stream, String user, String peer) {
    List<StoredMessage> received = between(stream, peer, user);
    List<StoredMessage> sent = user.equals(peer) ? List.of() : between(stream, user, peer);
    List<StoredMessage> left = new ArrayList<>(received);
    left.addAll(sent);
    List<StoredMessage> history = new ArrayList<>();
    while (!left.isEmpty()) {
      StoredMessage newest =
          left.stream()
              .filter(each -> left.stream().noneMatch(other -> isBehind(other, each)))
              .max(
                  Comparator.comparingLong(StoredMessage::time)
                      .thenComparing(each -> each.at().place())
                      .thenComparing(each -> each.at().offset()))
              .orElseThrow();
      history.add(newest);
      left.remove(newest);
    }
    return history;
  }

  private static boolean isBehind(StoredMessage one, StoredMessage other) {
    return one.message().to().equals(other.message().to())
        && one.at().offset() > other.at().offset();
  }

  private List<StoredMessage> between(Stream stream, String from, String to) {
    return messages.stream()
        .filter(isTo(stream, to).and(stored -> stored.message().from().equals(from)))
        .toList();
  }

  private static Predicate<StoredMessage> isTo(Stream stream, String user) {
    return stored -> stored.message().kind() == stream && stored.message().to().equals(user);
  }
}
