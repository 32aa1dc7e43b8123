package im.linnet.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a test run which tests were left out, so that nobody takes such a run for a
 * whole one: those of the tags that the system property names which Maven hands on from its command
 * line, {@code -DexcludedGroups=mongodb,browser}, and those that this machine cannot run. JUnit
 * finds it on the class path.
 */
public final class LeftOutTests implements TestExecutionListener {
  private static final String REQUEST = "excludedGroups";

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    lines(System.getProperty(REQUEST, ""), DockerTests.leftOut(), GivenCluster.notStopped())
        .forEach(System.out::println);
  }

  /**
   * One line per reason.
   *
   * @param request the tags that were left out on request
   * @param docker whether tests were left out for want of a Docker engine
   * @param notStopped tests that ended early because they stop their broker
   */
  static List<String> lines(String request, boolean docker, int notStopped) {
    List<String> lines = new ArrayList<>();
    Stream.of(request.split("[,|]", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .forEach(
            tag ->
                lines.add(
                    "LEFT OUT on request (-DexcludedGroups): the tests tagged '"
                        + tag
                        + "' did not run."));
    if (docker) {
      lines.add(
          "LEFT OUT: no Docker engine answers ('docker info'): the tests tagged 'docker' did not"
              + " run.");
    }
    if (notStopped > 0) {
      lines.add(
          "LEFT OUT: "
              + GivenCluster.VARIABLE
              + " names a cluster that is not ours to stop: "
              + notStopped
              + " tests that stop their broker ended early.");
    }
    return lines;
  }
}
