package im.linnet.edge.presence;

import im.linnet.schemas.event.PresenceState.Device;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the users whom a session or a watcher of this edge needs, and of a bounded
 * number of others. Users who ever came do not add up: once the bound is met, nothing is taken in
 * of a user whom nobody here needs, and of those who were needed the last ones stay.
 *
 * <p>Until then the table is whole: a user who is not in it is unknown. Afterwards a user who is
 * needed and not in it counts as in doubt until a {@link LookUps pass} has read the log. What the
 * log tells meanwhile is taken in, too, so nothing falls between the two. Safe on any thread; the
 * one lock is held for a few instructions.
 */
final class UserTable {
  private static final int FRESH_DEVICES = 16;

  private final int mostSpare;
  private final Map<String, Entry> needed = new HashMap<>();
  // The first is the one that was needed least lately.
  private final LinkedHashMap<String, Entry> spare = new LinkedHashMap<>();
  private boolean whole = true;
  private long passes;

  /**
   * A device of a user.
   *
   * @param fresh whether only an {@code opened} record told of it so far
   */
  private record Seen(String device, long millis, boolean fresh) {}

  /** A user. */
  private static final class Entry {
    private PresenceBoard.Shown shown = PresenceBoard.UNKNOWN;
    private List<Seen> devices = List.of();
    // Of the newest record of presence that was taken in.
    private long offset = -1;
    private int needs;
    private boolean loaded;
    private long pass;

    Entry(boolean loaded) {
      this.loaded = loaded;
    }

    boolean isBlank() {
      return devices.isEmpty() && shown.equals(PresenceBoard.UNKNOWN);
    }
  }

  /**
   * Makes an empty one.
   *
   * @param mostSpare users who are kept although nobody needs them
   */
  UserTable(int mostSpare) {
    this.mostSpare = mostSpare;
  }

  /** Somebody here needs that user until {@link #release}, which is called as often. */
  synchronized void need(String user) {
    Entry entry = needed.get(user);
    if (entry == null) {
      entry = spare.remove(user);
      if (entry == null) {
        entry = new Entry(whole);
      }
      needed.put(user, entry);
    }
    entry.needs++;
  }

  /** Takes back one {@link #need}. */
  synchronized void release(String user) {
    Entry entry = needed.get(user);
    if (entry == null) {
      throw new IllegalStateException("nobody needs " + user);
    }
    entry.needs--;
    if (entry.needs > 0) {
      return;
    }
    needed.remove(user);
    if (!entry.loaded || (whole && entry.isBlank())) {
      return;
    }
    if (entry.isBlank()) {
      // Anybody can ask for names that nobody has; they must not drive others out.
      spare.putFirst(user, entry);
    } else {
      spare.putLast(user, entry);
    }
    if (spare.size() > mostSpare) {
      spare.pollFirstEntry();
      whole = false;
    }
  }

  /** Whether all that the log told of that user is here. */
  synchronized boolean isLoaded(String user) {
    Entry entry = find(user);
    return entry == null ? whole : entry.loaded;
  }

  /** Whether what the log tells of that user would be taken in. */
  synchronized boolean takes(String user) {
    return whole || find(user) != null;
  }

  /**
   * A pass over the log begins that reads these users.
   *
   * @return its number
   */
  synchronized long passBegins(Collection<String> users) {
    passes++;
    for (String user : users) {
      Entry entry = needed.get(user);
      if (entry != null && !entry.loaded) {
        entry.pass = passes;
      }
    }
    return passes;
  }

  /** Whether a pass that is under way reads that user. */
  synchronized boolean isRead(String user) {
    Entry entry = needed.get(user);
    return entry != null && !entry.loaded && entry.pass != 0;
  }

  /** A pass has read the log to its end. Whoever was released and needed anew waits for another. */
  synchronized void passEnded(long pass, Collection<String> users) {
    for (String user : users) {
      Entry entry = needed.get(user);
      if (entry != null && entry.pass == pass) {
        entry.loaded = true;
      }
    }
  }

  /**
   * Presence says this of a user, by a record at that offset. Devices that {@link #opened} told of
   * stay until presence has them.
   *
   * @param known the devices, those left out that are forgotten by now
   * @return whether others see another status than before; false while the user is in doubt
   */
  synchronized boolean settle(
      String user, long offset, PresenceBoard.Shown now, List<Device> known) {
    Entry entry = made(user);
    if (entry == null || offset < entry.offset) {
      return false;
    }
    boolean changed = entry.loaded && entry.shown.status() != now.status();
    entry.offset = offset;
    entry.shown = now;
    List<Seen> settled = new ArrayList<>(known.size());
    known.forEach(each -> settled.add(new Seen(each.device(), each.seen(), false)));
    for (Seen each : entry.devices) {
      if (each.fresh()) {
        take(settled, each);
      }
    }
    entry.devices = List.copyOf(settled);
    return changed;
  }

  /** An {@code opened} record tells of a device. */
  synchronized void opened(String user, String device, long millis) {
    Entry entry = made(user);
    if (entry != null) {
      List<Seen> devices = new ArrayList<>(entry.devices);
      take(devices, new Seen(device, millis, true));
      entry.devices = List.copyOf(devices);
    }
  }

  /** Takes a fresh device in, unless it was seen then or later anyway. */
  private static void take(List<Seen> devices, Seen fresh) {
    int count = 0;
    int oldest = -1;
    for (int i = 0; i < devices.size(); i++) {
      Seen each = devices.get(i);
      if (each.device().equals(fresh.device())) {
        if (each.millis() < fresh.millis()) {
          devices.set(i, fresh);
        }
        return;
      }
      if (each.fresh()) {
        count++;
        if (oldest < 0 || each.millis() < devices.get(oldest).millis()) {
          oldest = i;
        }
      }
    }
    if (count < FRESH_DEVICES) {
      devices.add(fresh);
    } else {
      devices.set(oldest, fresh);
    }
  }

  /** What others see of a user; null where it is in doubt. */
  synchronized PresenceBoard.@Nullable Shown shown(String user) {
    Entry entry = find(user);
    if (entry == null) {
      return whole ? PresenceBoard.UNKNOWN : null;
    }
    return entry.loaded ? entry.shown : null;
  }

  /** Whether a device was seen then or later. */
  synchronized boolean isKnown(String user, String device, long oldest) {
    Entry entry = find(user);
    if (entry != null) {
      for (Seen each : entry.devices) {
        if (each.device().equals(device)) {
          return each.millis() >= oldest;
        }
      }
    }
    return false;
  }

  /** How many devices were seen then or later. */
  synchronized int devices(String user, long oldest) {
    Entry entry = find(user);
    int known = 0;
    if (entry != null) {
      for (Seen each : entry.devices) {
        known += each.millis() >= oldest ? 1 : 0;
      }
    }
    return known;
  }

  /** Whether more than one device was seen then or later, or may have been: it is in doubt. */
  synchronized boolean mayHaveSeveral(String user, long oldest) {
    return !isLoaded(user) || devices(user, oldest) > 1;
  }

  /** How many users are in it. */
  synchronized int size() {
    return needed.size() + spare.size();
  }

  private @Nullable Entry find(String user) {
    Entry entry = needed.get(user);
    return entry == null ? spare.get(user) : entry;
  }

  /** The entry of a user; null of one who finds no room. */
  private @Nullable Entry made(String user) {
    Entry entry = find(user);
    if (entry == null && whole) {
      if (spare.size() < mostSpare) {
        entry = new Entry(true);
        spare.put(user, entry);
      } else {
        whole = false;
      }
    }
    return entry;
  }
}
