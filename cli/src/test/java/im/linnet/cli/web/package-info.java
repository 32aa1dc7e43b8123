/** Tests of the web page in a real browser, against every process in one. */
@NullMarked
package im.linnet.cli.web;

import org.jspecify.annotations.NullMarked;
