package im.linnet.records;

/**
 * A command, as the log tells it apart from all others.
 *
 * @param caller the user who asked
 * @param key what it is about: the key of its record
 * @param uuid the uuid that the caller gave it
 */
public record CommandId(String caller, String key, String uuid) {}
