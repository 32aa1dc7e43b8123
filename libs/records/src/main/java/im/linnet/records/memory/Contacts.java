package im.linnet.records.memory;

import im.linnet.records.StoredContact;
import im.linnet.schemas.event.ContactEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The notes of users about each other. Guarded by the store's lock. */
final class Contacts {
  private final Map<String, NavigableMap<String, StoredContact>> contacts = new HashMap<>();

  /** See {@link im.linnet.records.MemoryView#save(ContactEvent, long)}; true if it is a new one. */
  boolean save(ContactEvent change, long by) {
    NavigableMap<String, StoredContact> own =
        contacts.computeIfAbsent(change.owner(), owner -> new TreeMap<>());
    StoredContact known = own.get(change.user());
    StoredContact before =
        known == null ? StoredContact.empty(change.owner(), change.user()) : known;
    if (before.revision() < by) {
      own.put(change.user(), before.with(change, by));
    }
    return known == null;
  }

  @Nullable StoredContact of(String owner, String user) {
    return own(owner).get(user);
  }

  /** See {@link im.linnet.records.RecordReader#contacts}. */
  List<StoredContact> page(String owner, String after, int limit) {
    return own(owner).tailMap(after, false).values().stream().limit(limit).toList();
  }

  private NavigableMap<String, StoredContact> own(String owner) {
    return contacts.getOrDefault(owner, new TreeMap<>());
  }

  void forEachContact(Consumer<? super StoredContact> each) {
    contacts.values().forEach(own -> own.values().forEach(each));
  }
}
