/**
 * The tools for the tests of all modules: a real broker, a real MongoDB, real processes to kill,
 * raw clients that speak the protocol without Linnet's own client code, and a clock that stands
 * still. Production code never depends on it.
 */
@NullMarked
package im.linnet.testkit;

import org.jspecify.annotations.NullMarked;
