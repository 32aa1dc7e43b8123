package im.linnet.records;

import im.linnet.schemas.event.ContactEvent;
import java.util.List;

/**
 * A document of {@code contact_info}: the note of a user about another.
 *
 * @param owner whose note
 * @param user the other user
 * @param remark the owner's name for the other; may be empty
 * @param labels the owner's labels, in the owner's order
 * @param revision the offset of the last record applied; -1 for none
 */
public record StoredContact(
    String owner, String user, String remark, List<String> labels, long revision) {
  public StoredContact {
    labels = List.copyOf(labels);
  }

  /** An empty note. */
  public static StoredContact empty(String owner, String user) {
    return new StoredContact(owner, user, "", List.of(), -1);
  }

  /** The contact after a change; a field that the change does not name stays. */
  public StoredContact with(ContactEvent change, long offset) {
    String name = change.remark();
    List<String> marks = change.labels();
    return new StoredContact(
        owner, user, name == null ? remark : name, marks == null ? labels : marks, offset);
  }
}
