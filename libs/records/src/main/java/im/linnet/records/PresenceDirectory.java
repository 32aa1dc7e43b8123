package im.linnet.records;

import java.util.Collection;
import java.util.List;

/** The presence-tracker's side of the view; it alone writes these fields. */
public interface PresenceDirectory {
  /**
   * Writes the presence fields of {@code client_info}; an entry whose guard is not above the one
   * that the document carries leaves it alone.
   */
  void savePresence(Collection<PresenceEntry> entries);

  /** Writes the live edges ({@code kvs}, Type {@code routerManageMsgServer}). */
  void saveEdges(String trackerAddress, List<String> edgeAddresses);

  /**
   * The presence fields of one user.
   *
   * @param user the user ({@code ClientID})
   * @param address ip:port of the newest session ({@code ClientAddr}); empty without one
   * @param edgeAddress ip:port of its edge ({@code MsgServerAddr}); empty without one
   * @param alive whether the user has a session
   * @param lastSeen ms
   * @param guard grows with each change of this user's presence; ms and a counter, see the tracker
   */
  record PresenceEntry(
      String user, String address, String edgeAddress, boolean alive, long lastSeen, long guard) {}
}
