package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.records.StoredContact;
import im.linnet.schemas.Names;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code contact.set}: notes a name and labels for another user, for the caller alone. */
final class ContactSetOp implements Op<ContactSetOp.Request> {
  /**
   * The note.
   *
   * @param user about whom
   * @param remark the caller's name for the user, null if it stays
   * @param labels the caller's labels of the user, null if they stay
   */
  record Request(String user, @Nullable String remark, @Nullable List<String> labels) {}

  private final PersonalChanges changes;

  ContactSetOp(PersonalChanges changes) {
    this.changes = changes;
  }

  @Override
  public String name() {
    return "contact.set";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(
        fields.user("user"),
        fields.optionalLabel("remark", Names.MAX_LABEL_LENGTH),
        fields.optionalLabels("labels", Names.MAX_LABELS, Names.MAX_CONTACT_LABEL_LENGTH));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    String owner = caller.session().user();
    changes.make(
        caller,
        new ContactEvent(owner, request.user(), request.remark(), request.labels()),
        store -> {
          StoredContact found = store.contact(owner, request.user());
          return ContactPage.of(found == null ? StoredContact.empty(owner, request.user()) : found)
              ::write;
        },
        reply);
  }
}
