/**
 * Messages of ZooKeeper as text, JSON and CSV, and tables of what they add up to. Written as bytes, without an object
 * per field: hundreds of thousands of messages a second go through.
 */
@NullMarked
package shawk.view.zk;

import org.jspecify.annotations.NullMarked;
