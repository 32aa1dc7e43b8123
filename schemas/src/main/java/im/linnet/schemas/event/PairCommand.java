package im.linnet.schemas.event;

import im.linnet.schemas.Stream;

/** A command about two users, one of whom asks. Its key is the pair, whoever asks. */
public sealed interface PairCommand extends CommandEvent permits FriendCommand, BlockCommand {
  /** The other user. */
  String user();

  @Override
  default Stream kind() {
    return Stream.MUTUAL;
  }

  @Override
  default String owner() {
    return PairKey.of(caller(), user());
  }

  @Override
  default String source() {
    return "/command/" + caller() + "/" + user() + "/" + type();
  }
}
