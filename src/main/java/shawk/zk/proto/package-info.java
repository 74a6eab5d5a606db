/**
 * What ZooKeeper's programs say to each other, from bytes to messages: the client protocol, ZAB, leader election and
 * four-letter words. Total functions of hostile bytes: a message, or a reason why there is none. No I/O, no clock.
 */
@NullMarked
package shawk.zk.proto;

import org.jspecify.annotations.NullMarked;
