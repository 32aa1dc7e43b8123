package im.linnet.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of this user's contacts.
 *
 * @param contacts by the users' names
 * @param next the {@code after} of a request for the next ones, null at the end
 */
public record ContactPage(List<ContactInfo> contacts, @Nullable String next) {
  public ContactPage {
    contacts = List.copyOf(contacts);
  }
}
