package im.linnet.schemas.frame;

import java.util.Set;

/** The ops of the protocol that this version does not serve; one that comes here is no mistake. */
final class UnservedOps {
  private static final Set<String> OPS =
      Set.of(
          "recall",
          "edit",
          "typing",
          "receipts",
          "conversations",
          "topic.create",
          "topic.info",
          "topic.list",
          "topic.members",
          "topic.join",
          "topic.invite",
          "topic.leave",
          "topic.kick",
          "topic.rename",
          "topic.transfer",
          "topic.disband",
          "friend.list",
          "friend.requests",
          "contact.set",
          "contact.list",
          "profile.set",
          "profile.get",
          "presence.set",
          "block.add",
          "block.remove",
          "block.list");

  private UnservedOps() {}

  static boolean holds(String op) {
    return OPS.contains(op);
  }
}
