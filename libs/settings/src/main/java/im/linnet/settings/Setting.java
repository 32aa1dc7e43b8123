package im.linnet.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a record that an operator may set: an {@code int}, a {@code long} or a {@code
 * Duration}. Texts are as an operator writes them: {@code 256}, {@code 500ms}, {@code 25s}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** What stands as {@code cores}: as many as this machine has. */
  String CORES = "cores";

  /** The flag, with its dashes. No two settings of a process share one. */
  String flag();

  /** The default; {@value #CORES} for one per core. */
  String value();

  /** The smallest value that is taken. */
  String least();

  /** The largest value that is taken. */
  String most();

  /** The meaning, in one sentence, with the unit where the value has none. */
  String doc();
}
