package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.TestExecutionListener;

class LeftOutTestsTest {
  @Test
  void names_each_tag_that_was_left_out_and_says_nothing_otherwise() {
    assertThat(LeftOutTests.lines("")).isEmpty();
    assertThat(LeftOutTests.lines("mongodb, browser"))
        .containsExactly(
            "LEFT OUT on request (-DexcludedGroups): the tests tagged 'mongodb' did not run.",
            "LEFT OUT on request (-DexcludedGroups): the tests tagged 'browser' did not run.");
  }

  @Test
  void junit_finds_it() {
    assertThat(ServiceLoader.load(TestExecutionListener.class))
        .anyMatch(LeftOutTests.class::isInstance);
  }
}
