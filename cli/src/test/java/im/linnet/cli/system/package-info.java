/** Tests of the whole: every process, real sockets, a real broker, a real MongoDB, real kills. */
package im.linnet.cli.system;
