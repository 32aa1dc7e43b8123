package im.linnet.records;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a topic's members.
 *
 * @param members by name
 * @param next the last name if more follow; else null
 */
public record TopicMembers(List<Member> members, @Nullable String next) {
  public TopicMembers {
    members = List.copyOf(members);
  }

  /**
   * A member.
   *
   * @param user the name
   * @param joinTime the time of joining, epoch seconds
   */
  public record Member(String user, long joinTime) {}
}
