package im.linnet.client;

import java.util.List;

/**
 * What this user noted about another one. Nobody else sees it.
 *
 * @param userId the other user
 * @param remarkName this user's name for the other; empty where there is none
 * @param labels this user's labels
 */
public record ContactInfo(String userId, String remarkName, List<String> labels) {
  public ContactInfo {
    labels = List.copyOf(labels);
  }
}
