package im.linnet.records.memory;

import im.linnet.records.AnswerRequest;
import im.linnet.records.ChangeRelation;
import im.linnet.records.Circle;
import im.linnet.records.ClientDocument;
import im.linnet.records.CommandId;
import im.linnet.records.PairState;
import im.linnet.records.Relations;
import im.linnet.records.RequestStatus;
import im.linnet.records.StoredProfile;
import im.linnet.records.StoredRequest;
import im.linnet.records.StoredVerdict;
import im.linnet.records.ViewCollection;
import im.linnet.schemas.event.ProfileEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Friends, blocks, profiles, friend requests and verdicts. Guarded by the store's lock. */
final class People {
  private final Map<String, ClientDocument> clients = new HashMap<>();

  /** By owner, then by the offset of the request. */
  private final Map<String, NavigableMap<Long, StoredRequest>> requests = new HashMap<>();

  /** The offsets of the requests, by what an answer names. */
  private final Map<Direction, NavigableSet<Long>> offsets = new HashMap<>();

  /** In the order of their coming, so the oldest ones first, about. */
  private final LinkedHashMap<CommandId, StoredVerdict> verdicts = new LinkedHashMap<>();

  private long newestVerdict = Long.MIN_VALUE;

  /** The requests of one user to another one in the list of one of the two. */
  private record Direction(String owner, String asker, String asked) {}

  void relate(ChangeRelation change) {
    ClientDocument before = clients.get(change.user());
    if (before == null) {
      before = ClientDocument.empty(change.user());
    }
    if (change.offset() > before.relationGuard()) {
      clients.put(
          change.user(),
          new ClientDocument(
              change.user(), change.apply(before.relations()), change.offset(), before.profile()));
    }
  }

  /** See {@link im.linnet.records.MemoryView}; true if it is the first one of the user. */
  boolean save(ProfileEvent change, long by) {
    ClientDocument known = clients.get(change.user());
    ClientDocument before = known == null ? ClientDocument.empty(change.user()) : known;
    if (before.profile().revision() < by) {
      clients.put(
          change.user(),
          new ClientDocument(
              change.user(),
              before.relations(),
              before.relationGuard(),
              before.profile().with(change, by)));
    }
    return known == null;
  }

  /** The profiles of those users who have one. */
  List<StoredProfile> profiles(Collection<String> users) {
    return users.stream()
        .distinct()
        .map(clients::get)
        .filter(found -> found != null && found.profile().revision() >= 0)
        .map(ClientDocument::profile)
        .toList();
  }

  Relations relations(String user) {
    ClientDocument found = clients.get(user);
    return found == null ? Relations.NONE : found.relations();
  }

  /** Whether it was not there. */
  boolean add(StoredRequest request) {
    offsets
        .computeIfAbsent(
            new Direction(request.owner(), request.reqUser(), request.user()),
            direction -> new TreeSet<>())
        .add(request.at().offset());
    return requests
            .computeIfAbsent(request.owner(), owner -> new TreeMap<>())
            .putIfAbsent(request.at().offset(), request)
        == null;
  }

  void answer(AnswerRequest answer) {
    StoredRequest newest = newest(answer.owner(), answer.reqUser(), answer.user(), answer.offset());
    if (newest != null && newest.answeredAt() < answer.offset()) {
      ofOwner(answer.owner())
          .put(newest.at().offset(), newest.answered(answer.status(), answer.offset()));
    }
  }

  private NavigableMap<Long, StoredRequest> ofOwner(String owner) {
    return requests.getOrDefault(owner, new TreeMap<>());
  }

  private @Nullable StoredRequest newest(String owner, String asker, String asked, long below) {
    NavigableSet<Long> found = offsets.get(new Direction(owner, asker, asked));
    Long newest = found == null ? null : found.lower(below);
    return newest == null ? null : ofOwner(owner).get(newest);
  }

  List<StoredRequest> requests(String owner, int limit) {
    return ofOwner(owner).descendingMap().values().stream().limit(limit).toList();
  }

  Map<String, PairState> pairs(Collection<PairState> pairs) {
    Map<String, PairState> found = new HashMap<>();
    pairs.forEach(pair -> found.put(pair.key(), state(pair.one(), pair.other())));
    return found;
  }

  /** See {@link im.linnet.records.RelationReader#sizes}. */
  Map<String, Integer> sizes(Circle circle, Collection<String> users) {
    Map<String, Integer> found = new HashMap<>();
    users.forEach(user -> found.put(user, relations(user).of(circle).size()));
    return found;
  }

  private PairState state(String one, String other) {
    Relations relations = relations(one);
    return new PairState(
        one,
        other,
        relations.of(Circle.FRIENDS).contains(other),
        status(newest(one, one, other, Long.MAX_VALUE)),
        status(newest(one, other, one, Long.MAX_VALUE)),
        relations.of(Circle.BLOCKED).contains(other),
        relations.of(Circle.BLOCKED_BY).contains(other));
  }

  private static @Nullable RequestStatus status(@Nullable StoredRequest request) {
    return request == null ? null : request.status();
  }

  /** Keeps the first of its command, and forgets those that are older than a day by then. */
  void save(StoredVerdict verdict) {
    StoredVerdict before = verdicts.get(verdict.command());
    if (before == null || verdict.replaces(before)) {
      verdicts.putLast(verdict.command(), verdict);
    }
    newestVerdict = Math.max(newestVerdict, verdict.time());
    Iterator<StoredVerdict> oldest = verdicts.values().iterator();
    while (oldest.hasNext() && oldest.next().time() < newestVerdict - StoredVerdict.KEPT_MILLIS) {
      oldest.remove();
    }
  }

  Map<CommandId, StoredVerdict> verdicts(Collection<CommandId> commands) {
    Map<CommandId, StoredVerdict> found = new HashMap<>();
    for (CommandId command : commands) {
      StoredVerdict verdict = verdicts.get(command);
      if (verdict != null) {
        found.put(command, verdict);
      }
    }
    return found;
  }

  /** Hands over the documents of a collection; false if it is none of these. */
  boolean forEach(ViewCollection<?> collection, Consumer<Object> each) {
    if (collection.equals(ViewCollection.CLIENTS)) {
      clients.values().forEach(each);
    } else if (collection.equals(ViewCollection.REQUESTS)) {
      requests.values().forEach(ofOwner -> ofOwner.values().forEach(each));
    } else if (collection.equals(ViewCollection.VERDICTS)) {
      verdicts.values().forEach(each);
    } else {
      return false;
    }
    return true;
  }
}
