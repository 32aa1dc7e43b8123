package im.linnet.schemas.event;

import java.util.List;

/**
 * What a fact does to the membership of a topic.
 *
 * @param in the users that it lets in
 * @param out the users that it lets out
 * @param ends whether it lets out everybody, because the topic ends
 */
public record MembershipChange(List<String> in, List<String> out, boolean ends) {
  static final MembershipChange NONE = new MembershipChange(List.of(), List.of(), false);

  public MembershipChange {
    in = List.copyOf(in);
    out = List.copyOf(out);
  }

  static MembershipChange in(List<String> users) {
    return new MembershipChange(users, List.of(), false);
  }

  static MembershipChange out(String user) {
    return new MembershipChange(List.of(), List.of(user), false);
  }

  /** Whether anybody is let out. */
  public boolean letsOut() {
    return ends || !out.isEmpty();
  }

  /** Whether that user is let out, if it is a member. */
  public boolean letsOut(String user) {
    return ends || out.contains(user);
  }
}
