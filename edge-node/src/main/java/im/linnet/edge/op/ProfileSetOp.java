package im.linnet.edge.op;

import im.linnet.edge.session.Responder;
import im.linnet.schemas.Names;
import im.linnet.schemas.event.ProfileEvent;
import im.linnet.schemas.frame.BadRequestException;
import im.linnet.schemas.frame.RequestFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code profile.set}: changes what the caller shows to everybody. */
final class ProfileSetOp implements Op<ProfileSetOp.Request> {
  /**
   * The change.
   *
   * @param nickname the name to show, null if it stays
   * @param avatar the picture to show, null if it stays
   */
  record Request(@Nullable String nickname, @Nullable String avatar) {}

  private final PersonalChanges changes;

  ProfileSetOp(PersonalChanges changes) {
    this.changes = changes;
  }

  @Override
  public String name() {
    return "profile.set";
  }

  @Override
  public Request read(RequestFields fields) throws BadRequestException {
    return new Request(
        fields.optionalLabel("nickname", Names.MAX_LABEL_LENGTH), fields.optionalAvatar("avatar"));
  }

  @Override
  public void serve(Caller caller, Request request, Responder reply) {
    String user = caller.session().user();
    List<String> own = List.of(user);
    changes.make(
        caller,
        new ProfileEvent(user, request.nickname(), request.avatar()),
        store -> ProfilePage.of(own, store.profiles(own))::write,
        reply);
  }
}
