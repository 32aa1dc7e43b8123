package im.linnet.bench;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The packages of all modules, as they stand on the command's class path. */
class PackagesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("im.linnet");

  @Test
  void everyModuleIsLookedAt() {
    assertThat(CLASSES)
        .extracting(each -> each.getPackageName().split("\\.")[2])
        .contains(
            "schemas",
            "settings",
            "broker",
            "log",
            "records",
            "client",
            "edge",
            "persister",
            "presence",
            "cli",
            "bench");
  }

  @Test
  void noPackageDependsOnItselfByWayOfOthers() {
    slices().matching("im.(**)").should().beFreeOfCycles().check(CLASSES);
  }
}
