package im.linnet.records;

/**
 * A document of {@code read_mark}: how far a member has read a topic. A mark only ever moves up.
 *
 * @param reader the member
 * @param topic the topic
 * @param upTo the offset of the last message that is read; all before it are read, too
 */
public record MarkDocument(String reader, String topic, long upTo) {}
