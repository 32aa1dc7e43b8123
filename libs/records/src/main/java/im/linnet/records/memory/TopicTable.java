package im.linnet.records.memory;

import im.linnet.records.ChangeTopic;
import im.linnet.records.MarkDocument;
import im.linnet.records.MemberDocument;
import im.linnet.records.Membership;
import im.linnet.records.ReaderCounts;
import im.linnet.records.Span;
import im.linnet.records.StoredMessage;
import im.linnet.records.TopicMembers;
import im.linnet.records.TopicState;
import im.linnet.records.TopicSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The topics, their members and how far each has read. Guarded by the store's lock. */
final class TopicTable {
  private final Map<String, TopicState> states = new HashMap<>();
  private final Map<String, NavigableMap<String, MemberDocument>> members = new HashMap<>();
  private final Map<String, NavigableMap<String, Long>> marks = new HashMap<>();
  private final Map<String, TreeSet<String>> byUser = new HashMap<>();
  private long documents;

  /** How many documents all of it is. */
  long documents() {
    return documents;
  }

  void change(ChangeTopic change) {
    String topic = change.topic();
    TopicState before = states.get(topic);
    TopicState after = TopicState.apply(before, change.fact(), change.at(), change.time());
    if (after != null && states.put(topic, after) == null) {
      documents++;
    }
    for (String user : change.members()) {
      NavigableMap<String, MemberDocument> ofTopic =
          members.computeIfAbsent(topic, id -> new TreeMap<>());
      MemberDocument known = ofTopic.get(user);
      MemberDocument now = change.changed(known == null ? MemberDocument.none(topic, user) : known);
      if (!now.spans().isEmpty() && ofTopic.put(user, now) == null) {
        byUser.computeIfAbsent(user, name -> new TreeSet<>()).add(topic);
        documents++;
      }
    }
  }

  void mark(String topic, String reader, long upTo) {
    if (upTo < 0) {
      return;
    }
    NavigableMap<String, Long> ofTopic = marks.computeIfAbsent(topic, id -> new TreeMap<>());
    if (!ofTopic.containsKey(reader)) {
      documents++;
    }
    ofTopic.merge(reader, upTo, Math::max);
  }

  @Nullable TopicState state(String topic) {
    return states.get(topic);
  }

  List<TopicSummary> topics(String user) {
    return memberships(user).stream()
        .filter(Membership::isMember)
        .map(each -> Objects.requireNonNull(states.get(each.topic())).summary())
        .toList();
  }

  TopicMembers members(String topic, @Nullable String after, int limit) {
    NavigableMap<String, MemberDocument> all = members.getOrDefault(topic, new TreeMap<>());
    List<TopicMembers.Member> page = new ArrayList<>();
    for (MemberDocument each : (after == null ? all : all.tailMap(after, false)).values()) {
      if (each.isMember()) {
        if (page.size() == limit) {
          return new TopicMembers(page, page.getLast().user());
        }
        page.add(new TopicMembers.Member(each.user(), each.joinTime()));
      }
    }
    return new TopicMembers(page, null);
  }

  @Nullable Membership membership(String topic, String user) {
    TopicState state = states.get(topic);
    MemberDocument member = member(topic, user);
    return state == null || member == null
        ? null
        : state.membership(member, marks(topic).getOrDefault(user, -1L));
  }

  List<Membership> memberships(String user) {
    return byUser.getOrDefault(user, new TreeSet<>()).stream()
        .map(topic -> membership(topic, user))
        .filter(Objects::nonNull)
        .toList();
  }

  /** How often some users became members of a topic; without those who never did. */
  Map<String, Integer> timesJoined(String topic, Set<String> users) {
    Map<String, Integer> times = new HashMap<>();
    for (String user : users) {
      MemberDocument member = member(topic, user);
      if (member != null) {
        times.put(user, member.spans().size());
      }
    }
    return times;
  }

  /** The names of a message's readers, in their order. */
  List<String> readers(String topic, long offset, String sender) {
    TopicState state = states.get(topic);
    boolean history = state != null && state.history();
    List<String> readers = new ArrayList<>();
    marks(topic)
        .forEach(
            (reader, upTo) -> {
              MemberDocument member = member(topic, reader);
              if (upTo >= offset
                  && !reader.equals(sender)
                  && (history || (member != null && member.wasMember(offset)))) {
                readers.add(reader);
              }
            });
    return readers;
  }

  /** How many have read each of some messages of a topic, by offset. */
  Map<Long, Long> readerCounts(String topic, List<StoredMessage> messages) {
    TopicState state = states.get(topic);
    boolean history = state != null && state.history();
    ReaderCounts counts = new ReaderCounts(messages);
    marks(topic)
        .forEach(
            (reader, upTo) -> {
              if (upTo >= counts.lowest()) {
                MemberDocument member = member(topic, reader);
                List<Span> ofMember = member == null ? List.of() : member.spans();
                counts.add(reader, upTo, history ? Span.ALWAYS : ofMember);
              }
            });
    return counts.counts();
  }

  private @Nullable MemberDocument member(String topic, String user) {
    NavigableMap<String, MemberDocument> ofTopic = members.get(topic);
    return ofTopic == null ? null : ofTopic.get(user);
  }

  private NavigableMap<String, Long> marks(String topic) {
    return marks.getOrDefault(topic, Collections.emptyNavigableMap());
  }

  void forEachTopic(Consumer<? super TopicState> each) {
    states.values().forEach(each);
  }

  void forEachMember(Consumer<? super MemberDocument> each) {
    members.values().forEach(ofTopic -> ofTopic.values().forEach(each));
  }

  void forEachMark(Consumer<? super MarkDocument> each) {
    marks.forEach(
        (topic, ofTopic) ->
            ofTopic.forEach((reader, upTo) -> each.accept(new MarkDocument(reader, topic, upTo))));
  }
}
