package im.linnet.records;

/**
 * A command, as the log tells it apart from all others.
 *
 * @param caller the user who asked
 * @param key the key of its record: its topic, or its pair of users
 * @param uuid the uuid that the caller gave it
 */
public record CommandId(String caller, String key, String uuid) {}
