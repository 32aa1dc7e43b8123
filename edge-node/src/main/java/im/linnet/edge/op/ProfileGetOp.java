package im.linnet.edge.op;

import com.fasterxml.jackson.core.JsonGenerator;
import im.linnet.edge.reads.ViewReads;
import im.linnet.edge.session.UserSession;
import im.linnet.records.RecordReader;
import im.linnet.schemas.Stream;
import im.linnet.schemas.StreamPartition;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code profile.get}: what users show of themselves. */
final class ProfileGetOp extends ViewOp<ProfileGetOp.Request, ProfilePage> {
  /** The users whose profiles the client wants. */
  record Request(List<String> users) {}

  ProfileGetOp(ViewReads reads, Failures failures) {
    super(reads, failures);
  }

  @Override
  public String name() {
    return "profile.get";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(fields.users("users", fields.limits().users()));
  }

  /** A session has seen its own changes alone. */
  @Override
  public Set<StreamPartition> waitsFor(Caller caller, Request request) {
    return caller.session().seenOffsets().partitions(Stream.PROFILE);
  }

  @Override
  ProfilePage ask(RecordReader store, UserSession session, Request request) {
    return ProfilePage.of(request.users(), store.profiles(request.users()));
  }

  @Override
  void write(JsonGenerator json, ProfilePage page) throws IOException {
    page.write(json);
  }
}
