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
 * The known state of the users that a session or a watcher of this edge needs, and of a bounded
 * number of others. Past users do not add up. Once the bound is met, the table takes in needed
 * users only. Of the formerly needed users, the latest ones stay.
 *
 * <p>Until then the table is complete: a user outside of it is unknown. Afterwards a needed user
 * outside of it is in doubt until a {@link LookUps pass} has read the log. New records of the log
 * are taken in meanwhile, so no record is lost between the two. Safe on any thread; the one lock is
 * held for a few instructions.
 */
final class UserTable {
  private static final int FRESH_DEVICES = 16;

  private final int mostSpare;
  private final Map<String, Entry> needed = new HashMap<>();
  // The first one is the least recently needed.
  private final LinkedHashMap<String, Entry> spare = new LinkedHashMap<>();
  private boolean whole = true;
  private long passes;

  /**
   * A device of a user.
   *
   * @param device one text for all devices of that name
   * @param fresh whether it is known from an {@code opened} record only
   */
  private record Seen(String device, long millis, boolean fresh) {
    Seen {
      device = device.intern();
    }
  }

  /** The state of one user. */
  private static final class Entry {
    private PresenceBoard.Shown shown = PresenceBoard.UNKNOWN;
    private List<Seen> devices = List.of();
    // The offset of the newest presence record that was taken in.
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
   * An empty table.
   *
   * @param mostSpare the most users that are kept although they are not needed
   */
  UserTable(int mostSpare) {
    this.mostSpare = mostSpare;
  }

  /** Marks a user as needed until {@link #release}, which must be called as often. */
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
      // Clients can ask for names of unknown users; these must not drive others out.
      spare.putFirst(user, entry);
    } else {
      spare.putLast(user, entry);
    }
    if (spare.size() > mostSpare) {
      spare.pollFirstEntry();
      whole = false;
    }
  }

  /** Whether the table holds all that the log says about that user. */
  synchronized boolean isLoaded(String user) {
    Entry entry = find(user);
    return entry == null ? whole : entry.loaded;
  }

  /** Whether the table takes in records about that user. */
  synchronized boolean takes(String user) {
    return whole || find(user) != null;
  }

  /**
   * Notes the begin of a pass over the log for these users.
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

  /** Whether a pass under way reads that user. */
  synchronized boolean isRead(String user) {
    Entry entry = needed.get(user);
    return entry != null && !entry.loaded && entry.pass != 0;
  }

  /**
   * Notes that a pass has read the log to its end. A user that was released and needed anew
   * meanwhile waits for another pass.
   */
  synchronized void passEnded(long pass, Collection<String> users) {
    for (String user : users) {
      Entry entry = needed.get(user);
      if (entry != null && entry.pass == pass) {
        entry.loaded = true;
      }
    }
  }

  /**
   * Takes a user's presence from a record at that offset. Devices from {@link #opened} stay until
   * presence has them.
   *
   * @param known the devices, without those that are forgotten by now
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

  /** Takes a device from an {@code opened} record. */
  synchronized void opened(String user, String device, long millis) {
    Entry entry = made(user);
    if (entry != null) {
      List<Seen> devices = new ArrayList<>(entry.devices);
      take(devices, new Seen(device, millis, true));
      entry.devices = List.copyOf(devices);
    }
  }

  /** Adds a fresh device, unless it was already seen then or later. */
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

  /** The presence of a user as others see it; null if it is in doubt. */
  synchronized PresenceBoard.@Nullable Shown shown(String user) {
    Entry entry = find(user);
    if (entry == null) {
      return whole ? PresenceBoard.UNKNOWN : null;
    }
    return entry.loaded ? entry.shown : null;
  }

  /** Whether a device was seen at {@code oldest} or later. */
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

  /** The number of devices that were seen at {@code oldest} or later. */
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

  /**
   * Whether more than one device was seen at {@code oldest} or later; true if the user is in doubt.
   */
  synchronized boolean mayHaveSeveral(String user, long oldest) {
    return !isLoaded(user) || devices(user, oldest) > 1;
  }

  /** The number of users in the table. */
  synchronized int size() {
    return needed.size() + spare.size();
  }

  private @Nullable Entry find(String user) {
    Entry entry = needed.get(user);
    return entry == null ? spare.get(user) : entry;
  }

  /** The entry of a user, added if there is room; null otherwise. */
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
