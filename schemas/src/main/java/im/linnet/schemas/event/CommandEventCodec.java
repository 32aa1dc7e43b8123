package im.linnet.schemas.event;

import im.linnet.schemas.JsonBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** JSON values of {@code im.command.v1}. Decoding ignores unknown fields. Safe on any thread. */
public final class CommandEventCodec {
  /** Every command, by its {@code ce_type}. */
  private static final Map<String, Reader> READERS = new HashMap<>();

  static {
    for (FriendAct act : FriendAct.values()) {
      READERS.put(act.command(), fields -> FriendCommand.read(act, fields));
    }
    for (BlockAct act : BlockAct.values()) {
      READERS.put(act.command(), fields -> BlockCommand.read(act, fields));
    }
    READERS.put(TopicCommand.Create.TYPE, TopicCommand.Create::read);
    READERS.put(TopicCommand.Join.TYPE, TopicCommand.Join::read);
    READERS.put(TopicCommand.Invite.TYPE, TopicCommand.Invite::read);
    READERS.put(TopicCommand.Leave.TYPE, TopicCommand.Leave::read);
    READERS.put(TopicCommand.Kick.TYPE, TopicCommand.Kick::read);
    READERS.put(TopicCommand.Rename.TYPE, TopicCommand.Rename::read);
    READERS.put(TopicCommand.Transfer.TYPE, TopicCommand.Transfer::read);
    READERS.put(TopicCommand.Disband.TYPE, TopicCommand.Disband::read);
  }

  private static final int DIGEST_BYTES = 8;

  private interface Reader {
    CommandEvent read(EventFields fields) throws MalformedEventException;
  }

  private CommandEventCodec() {}

  /** The record value of a command. */
  public static byte[] encode(CommandEvent command) {
    return JsonBytes.object(command::write);
  }

  /**
   * What tells two commands of one caller, key and uuid apart: equal values have equal digests, and
   * different values have different ones but for a chance of one in 2^64.
   *
   * @param value the value of a command's record
   * @return 16 hex digits
   */
  public static String digest(byte[] value) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(value);
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The commands of {@code im.command.v1}. */
  public static EventFamily<CommandEvent> family() {
    return new EventFamily<>() {
      @Override
      public boolean knows(String type) {
        return READERS.containsKey(type);
      }

      @Override
      public CommandEvent decode(String type, byte[] value) throws MalformedEventException {
        return CommandEventCodec.decode(type, value);
      }
    };
  }

  /**
   * The command that a record holds.
   *
   * @param type its {@code ce_type}
   * @param value its value
   * @throws MalformedEventException if the type is unknown, or the value is not such a command
   */
  public static CommandEvent decode(String type, byte[] value) throws MalformedEventException {
    Reader reader = READERS.get(type);
    if (reader == null) {
      throw new MalformedEventException("ce_type: '" + type + "' is no command");
    }
    return reader.read(EventFields.parse(value));
  }
}
