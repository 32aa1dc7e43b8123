package im.linnet.records;

import im.linnet.schemas.JoinPolicy;

/**
 * The data of a topic for its members.
 *
 * @param topic its id
 * @param name the name that members see
 * @param founder the founder
 * @param join how users become members
 * @param history whether members see the messages from before they joined
 * @param members how many members it has
 * @param time when it was created, epoch seconds
 */
public record TopicSummary(
    String topic,
    String name,
    String founder,
    JoinPolicy join,
    boolean history,
    int members,
    long time) {}
