package im.linnet.client;

/**
 * What a user shows to everybody.
 *
 * @param userId the user
 * @param nickname the name to show; empty where there is none
 * @param avatar the URL of a picture, or the picture as a data URL; empty where there is none
 */
public record UserInfo(String userId, String nickname, String avatar) {}
