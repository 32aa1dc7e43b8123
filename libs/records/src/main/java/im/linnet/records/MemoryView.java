package im.linnet.records;

import im.linnet.schemas.Stream;
import im.linnet.schemas.event.ContactEvent;
import im.linnet.schemas.event.MessageEvent;
import im.linnet.schemas.event.MessageId;
import im.linnet.schemas.event.ProfileEvent;
import java.util.function.UnaryOperator;

/** The view in memory, as a {@link Change} sees it. Guarded by its store's lock. */
public interface MemoryView {
  /** Adds a delivered record; one that is there stays as it is. */
  void add(InboxRecord record);

  /** Adds a message with its record; one that is there stays as it is. */
  void add(MessageEvent message, InboxRecord record);

  /** Marks the reader's messages from that peer as read, those at or below the offset. */
  void markUpTo(Stream stream, String reader, String peer, long upTo);

  /** Marks the reader's messages of that uuid from that peer as read, those below the offset. */
  void mark(Stream stream, String reader, String peer, String uuid, long below);

  /** Applies a fact to a topic and its members. */
  void change(ChangeTopic change);

  /** Moves a member's mark in a topic up, if it is higher. */
  void mark(MarkTopic mark);

  /**
   * Changes the newest message of an identity that lies below the change's own record. One that
   * this change or a later one has changed stays as it is.
   *
   * @param by the offset of the change's record, in the message's partition
   * @param change the message with a revision whose offset is {@code by}, and without raw bytes
   */
  void revise(MessageId message, long by, UnaryOperator<StoredMessage> change);

  /** Changes a circle of a user that no later fact has changed. */
  void relate(ChangeRelation change);

  /** Adds a friend request; one that is there stays as it is. */
  void add(StoredRequest request);

  /** Answers the newest request of its asker before the answer that no later answer was for. */
  void answer(AnswerRequest answer);

  /** Keeps a verdict; the first one of the same command stays for a day. */
  void save(StoredVerdict verdict);

  /**
   * Changes a contact, which need not be there yet. One that this change or a later one has changed
   * stays as it is.
   *
   * @param by the offset of the change's record
   */
  void save(ContactEvent change, long by);

  /**
   * Changes a user's profile, which need not be there yet. One that this change or a later one has
   * changed stays as it is.
   *
   * @param by the offset of the change's record
   */
  void save(ProfileEvent change, long by);

  /** Raises the hour of a conversation, which need not be there yet. */
  void raise(ConversationHour conversation);
}
