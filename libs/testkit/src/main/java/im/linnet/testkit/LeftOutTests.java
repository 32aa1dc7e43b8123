package im.linnet.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Lists the tests that were left out on request at the end of a test run, so that such a run does
 * not pass for a whole one. JUnit finds it on the class path; the request is the system property
 * that Maven hands on from its command line, {@code -DexcludedGroups=mongodb,browser}.
 */
public final class LeftOutTests implements TestExecutionListener {
  private static final String REQUEST = "excludedGroups";

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    lines(System.getProperty(REQUEST, "")).forEach(System.out::println);
  }

  /** One line per tag that the request names. */
  static List<String> lines(String request) {
    return Stream.of(request.split("[,|]", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .map(
            tag ->
                "LEFT OUT on request (-DexcludedGroups): the tests tagged '"
                    + tag
                    + "' did not run.")
        .toList();
  }
}
