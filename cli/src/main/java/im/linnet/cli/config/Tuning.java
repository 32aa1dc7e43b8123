package im.linnet.cli.config;

import im.linnet.settings.Setting;
import im.linnet.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The options of a command that are the settings of records. Help lists them below the others,
 * since few people need them.
 */
public final class Tuning {
  /** A command that has such options. */
  public interface Tuned {
    /** The options, the same ones at each call. */
    Tuning tuning();
  }

  private static final String SECTION = "tuning";

  private final List<Class<? extends Record>> records;
  private final Map<String, OptionSpec> options = new LinkedHashMap<>();

  /**
   * Options for the settings of those records and of the records within them.
   *
   * @param records the records; no two of their settings have one flag
   */
  public Tuning(List<Class<? extends Record>> records) {
    this.records = List.copyOf(records);
  }

  /** Gives a command its options, before a command line is parsed. */
  public void addTo(CommandSpec command) {
    for (Class<? extends Record> each : records) {
      for (Settings.Item item : Settings.of(each)) {
        OptionSpec option = option(item);
        options.put(item.about().flag(), option);
        command.addOption(option);
      }
    }
    UsageMessageSpec help = command.usageMessage();
    List<String> sections = new ArrayList<>(help.sectionKeys());
    sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST) + 1, SECTION);
    help.sectionKeys(sections);
    help.sectionMap().put(SECTION, this::section);
  }

  /**
   * The record with the values that the operator gave.
   *
   * @throws im.linnet.settings.SettingException if one is out of bounds
   */
  public <R extends Record> R apply(R record) {
    return Settings.with(
        record,
        flag -> {
          OptionSpec option = options.get(flag);
          return option == null ? null : option.getValue();
        });
  }

  private static OptionSpec option(Settings.Item item) {
    Setting about = item.about();
    return OptionSpec.builder(about.flag())
        .type(item.type())
        .paramLabel(item.type().isPrimitive() ? "N" : "TIME")
        .defaultValue(about.value().equals(Setting.CORES) ? item.value().toString() : about.value())
        .description(
            about.doc()
                + " "
                + about.least()
                + " to "
                + about.most()
                + ", default "
                + about.value())
        .hidden(true)
        .build();
  }

  private String section(Help help) {
    Help.Layout layout = help.createDefaultLayout();
    options.values().forEach(each -> layout.addOption(each, help.parameterLabelRenderer()));
    return String.format("%nTuning, seldom needed (TIME is a number with ms, s, m, h or d):%n")
        + layout;
  }
}
