package im.linnet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;

class LeftOutTestsTest {
  @Test
  void names_each_tag_that_was_left_out_and_says_nothing_otherwise() {
    assertThat(LeftOutTests.lines("", false, 0)).isEmpty();
    assertThat(LeftOutTests.lines("mongodb, browser", false, 0))
        .containsExactly(
            "LEFT OUT on request (-DexcludedGroups): the tests tagged 'mongodb' did not run.",
            "LEFT OUT on request (-DexcludedGroups): the tests tagged 'browser' did not run.");
  }

  @Test
  void says_what_this_machine_cannot_run() {
    assertThat(LeftOutTests.lines("", true, 2))
        .containsExactly(
            "LEFT OUT: no Docker engine answers ('docker info'): the tests tagged 'docker' did not"
                + " run.",
            "LEFT OUT: LINNET_TEST_KAFKA names a cluster that is not ours to stop: 2 tests that"
                + " stop their broker ended early.");
  }

  @Test
  void only_tests_that_need_an_engine_are_left_out_where_there_is_none() {
    assertThat(DockerTests.apply(true, () -> true).included()).isTrue();
    assertThat(DockerTests.apply(false, () -> fail("nobody asks")).included()).isTrue();
    assertThat(DockerTests.apply(true, () -> false).included()).isFalse();
  }

  @Test
  void junit_finds_it() {
    assertThat(ServiceLoader.load(PostDiscoveryFilter.class))
        .anyMatch(DockerTests.class::isInstance);
    assertThat(ServiceLoader.load(TestExecutionListener.class))
        .anyMatch(LeftOutTests.class::isInstance);
  }
}
