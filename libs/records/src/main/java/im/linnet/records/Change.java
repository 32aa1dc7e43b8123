package im.linnet.records;

/**
 * One change of the view, as an event of the log asks for it. Each kind is one file, which says
 * what it does to the view in memory. Its writer for MongoDB stands in {@code mongo/ChangeWriters}.
 *
 * <p>A change is applied any number of times, also after later ones, with the same outcome.
 */
public sealed interface Change
    permits InsertMessage,
        InsertInbox,
        MarkRead,
        ChangeMessage,
        ChangeRelation,
        InsertRequest,
        AnswerRequest,
        SaveVerdict,
        ChangeTopic,
        MarkTopic,
        SaveContact,
        SaveProfile,
        RaiseConversation {
  /** Applies it to the view in memory. */
  void apply(MemoryView view);

  /** How many documents it adds to the view, at most. */
  int documents();
}
