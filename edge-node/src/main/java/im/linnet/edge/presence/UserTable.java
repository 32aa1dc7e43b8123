package im.linnet.edge.presence;

import im.linnet.log.tail.SipHash;
import im.linnet.schemas.event.PresenceState.Device;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of users, closely packed: an edge keeps it of every user who ever came, since
 * anybody may ask for anybody. A user is 64 bits of a keyed hash, so are device names; status and
 * last-seen time are one number. It costs 30 to 60 bytes per user, and 16 + 16n more for n
 * remembered devices. Two of a hundred million users share a hash with a chance of some one in four
 * thousand. Safe on any thread; a stripe has a lock for the few instructions of each call.
 */
final class UserTable {
  private static final int STRIPES = 64;
  private static final int LEAST_SLOTS = 16;
  private static final int FRESH_DEVICES = 16;
  private static final long FRESH = 1;
  private static final long NOTHING = PresenceBoard.UNKNOWN.packed();

  private final Stripe[] stripes = new Stripe[STRIPES];

  /** Makes an empty one; the generator must be one that nobody can guess. */
  UserTable(RandomGenerator random) {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe(SipHash.keyedBy(random));
    }
  }

  private Stripe stripe(String user) {
    int mixed = user.hashCode() * 0x9e3779b9;
    return stripes[mixed >>> 26];
  }

  /**
   * Presence says this of a user now. Devices that {@link #opened} told of stay until presence has
   * them.
   *
   * @param known the devices, those left out that are forgotten by now
   * @return what it said before
   */
  PresenceBoard.Shown settle(String user, PresenceBoard.Shown now, List<Device> known) {
    return PresenceBoard.Shown.of(stripe(user).settle(user, now.packed(), known));
  }

  /** An {@code opened} record tells of a device. */
  void opened(String user, String device, long millis) {
    stripe(user).opened(user, device, millis);
  }

  PresenceBoard.Shown shown(String user) {
    return PresenceBoard.Shown.of(stripe(user).shown(user));
  }

  /** Whether a device was seen then or later. */
  boolean isKnown(String user, String device, long oldest) {
    return stripe(user).isKnown(user, device, oldest);
  }

  /** How many devices were seen then or later. */
  int devices(String user, long oldest) {
    return stripe(user).devices(user, oldest);
  }

  /** A hash table with linear probing, at most two thirds full; nothing is ever taken out. */
  private static final class Stripe {
    private final SipHash hash;
    private long[] keys = new long[LEAST_SLOTS];
    private long[] shown = new long[LEAST_SLOTS];
    // Pairs of a name's hash and when it was seen, shifted by one for the mark of a fresh one.
    private long[] @Nullable [] devices = new long[LEAST_SLOTS][];
    private int used;

    Stripe(SipHash hash) {
      this.hash = hash;
    }

    private long hashOf(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      hash.hash(bytes, bytes.length);
      // 0 is an empty slot.
      return hash.low() == 0 ? 1 : hash.low();
    }

    /** The slot of a user, or the empty one where that would stand. */
    private int slot(long key) {
      int mask = keys.length - 1;
      int slot = (int) (key ^ (key >>> 32)) & mask;
      while (keys[slot] != 0 && keys[slot] != key) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private int made(String user) {
      long key = hashOf(user);
      int slot = slot(key);
      if (keys[slot] != 0) {
        return slot;
      }
      if (3 * (used + 1) > 2 * keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      shown[slot] = NOTHING;
      used++;
      return slot;
    }

    private void grow() {
      long[] oldKeys = keys;
      long[] oldShown = shown;
      long[] @Nullable [] oldDevices = devices;
      keys = new long[2 * oldKeys.length];
      shown = new long[keys.length];
      devices = new long[keys.length][];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int slot = slot(oldKeys[i]);
          keys[slot] = oldKeys[i];
          shown[slot] = oldShown[i];
          devices[slot] = oldDevices[i];
        }
      }
    }

    synchronized long shown(String user) {
      int slot = slot(hashOf(user));
      return keys[slot] == 0 ? NOTHING : shown[slot];
    }

    synchronized long settle(String user, long now, List<Device> known) {
      int slot = made(user);
      long before = shown[slot];
      shown[slot] = now;
      long[] settled = new long[2 * known.size()];
      for (int i = 0; i < known.size(); i++) {
        settled[2 * i] = hashOf(known.get(i).device());
        settled[2 * i + 1] = known.get(i).seen() << 1;
      }
      long[] old = devices[slot];
      if (old != null) {
        for (int i = 0; i < old.length; i += 2) {
          if ((old[i + 1] & FRESH) != 0) {
            settled = with(settled, old[i], old[i + 1]);
          }
        }
      }
      devices[slot] = settled.length == 0 ? null : settled;
      return before;
    }

    synchronized void opened(String user, String device, long millis) {
      int slot = made(user);
      long[] before = devices[slot];
      devices[slot] =
          with(before == null ? new long[0] : before, hashOf(device), millis << 1 | FRESH);
    }

    /** With a fresh device, unless it was seen then or later anyway. */
    private static long[] with(long[] devices, long name, long freshSeen) {
      int fresh = 0;
      int oldestFresh = -1;
      for (int i = 0; i < devices.length; i += 2) {
        if (devices[i] == name) {
          if (devices[i + 1] >> 1 >= freshSeen >> 1) {
            return devices;
          }
          long[] changed = devices.clone();
          changed[i + 1] = freshSeen;
          return changed;
        }
        if ((devices[i + 1] & FRESH) != 0) {
          fresh++;
          if (oldestFresh < 0 || devices[i + 1] < devices[oldestFresh + 1]) {
            oldestFresh = i;
          }
        }
      }
      long[] more =
          fresh < FRESH_DEVICES ? Arrays.copyOf(devices, devices.length + 2) : devices.clone();
      int at = fresh < FRESH_DEVICES ? devices.length : oldestFresh;
      more[at] = name;
      more[at + 1] = freshSeen;
      return more;
    }

    synchronized boolean isKnown(String user, String device, long oldest) {
      int slot = slot(hashOf(user));
      long[] all = keys[slot] == 0 ? null : devices[slot];
      if (all == null) {
        return false;
      }
      long name = hashOf(device);
      for (int i = 0; i < all.length; i += 2) {
        if (all[i] == name) {
          return all[i + 1] >> 1 >= oldest;
        }
      }
      return false;
    }

    synchronized int devices(String user, long oldest) {
      int slot = slot(hashOf(user));
      long[] all = keys[slot] == 0 ? null : devices[slot];
      int known = 0;
      if (all != null) {
        for (int i = 1; i < all.length; i += 2) {
          known += all[i] >> 1 >= oldest ? 1 : 0;
        }
      }
      return known;
    }
  }
}
