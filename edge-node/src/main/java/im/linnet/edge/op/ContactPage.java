package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.records.StoredContact;
import im.linnet.schemas.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of contacts as it stands in the reply.
 *
 * @param contacts by the users' names
 * @param next the last user of the page, null if it is the last page
 */
record ContactPage(List<StoredContact> contacts, @Nullable String next) {
  // What stands around a contact's texts, and around one label, at most.
  private static final int AROUND = 64;
  private static final int AROUND_LABEL = 4;

  /** A page of one contact. */
  static ContactPage of(StoredContact contact) {
    return new ContactPage(List.of(contact), null);
  }

  /**
   * A page of the first contacts of these: so many, and so many bytes, but one at least.
   *
   * @param limit the most contacts in the page
   */
  static ContactPage of(List<StoredContact> found, int limit) {
    List<StoredContact> page = new ArrayList<>();
    long left = PageText.MOST_BYTES;
    for (StoredContact contact : found) {
      left -= size(contact);
      if (page.size() == limit || (left < 0 && !page.isEmpty())) {
        return new ContactPage(page, page.getLast().user());
      }
      page.add(contact);
    }
    return new ContactPage(page, null);
  }

  private static int size(StoredContact contact) {
    int size = AROUND + contact.user().length() + Utf8.length(contact.remark());
    for (String label : contact.labels()) {
      size += AROUND_LABEL + Utf8.length(label);
    }
    return size;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("contacts");
    for (StoredContact contact : contacts) {
      json.writeStartObject();
      json.writeStringField("user", contact.user());
      json.writeStringField("remark", contact.remark());
      json.writeArrayFieldStart("labels");
      for (String label : contact.labels()) {
        json.writeString(label);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (next != null) {
      json.writeStringField("next", next);
    }
  }
}
