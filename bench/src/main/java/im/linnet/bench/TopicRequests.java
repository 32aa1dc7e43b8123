package im.linnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** The requests that make a topic with many members. */
final class TopicRequests {
  private static final int NAMES_AT_ONCE = 200;

  private TopicRequests() {}

  /**
   * The fields of each request, in their order, without {@code id}.
   *
   * @param members how many are invited by the founder, who asks
   * @param names of them, from 0 on
   */
  static List<String> making(String topic, int members, IntFunction<String> names) {
    List<String> requests = new ArrayList<>();
    requests.add("\"op\":\"topic.create\",\"topic\":\"" + topic + "\"");
    for (int from = 0; from < members; from += NAMES_AT_ONCE) {
      StringJoiner some = new StringJoiner("\",\"", "[\"", "\"]");
      for (int i = from; i < from + NAMES_AT_ONCE && i < members; i++) {
        some.add(names.apply(i));
      }
      requests.add("\"op\":\"topic.invite\",\"topic\":\"" + topic + "\",\"members\":" + some);
    }
    return requests;
  }
}
