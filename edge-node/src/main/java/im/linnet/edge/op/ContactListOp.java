package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.publish.InboxPublisher;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.Set;

/** {@code contact.list}: what the caller noted about others. */
final class ContactListOp extends ViewOp<ContactListOp.Request, ContactPage> {
  /**
   * The page that the client wants.
   *
   * @param after only users behind this name; empty for the first page
   * @param limit contacts in the page
   */
  record Request(String after, int limit) {}

  private final InboxPublisher inbox;

  ContactListOp(InboxPublisher inbox, ViewReads reads, Failures failures) {
    super(reads, failures);
    this.inbox = inbox;
  }

  @Override
  public String name() {
    return "contact.list";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    long most = fields.limits().page();
    return new Request(
        fields.has("after") ? fields.user("after") : "",
        (int) fields.number("limit", most, 1, most));
  }

  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return Set.of(inbox.place(Stream.PROFILE, caller.session().user()));
  }

  @Override
  ContactPage ask(RecordReader store, UserSession session, Request request) {
    return ContactPage.of(
        store.contacts(session.user(), request.after(), request.limit() + 1), request.limit());
  }

  @Override
  void write(JsonGenerator json, ContactPage page) throws IOException {
    page.write(json);
  }
}
