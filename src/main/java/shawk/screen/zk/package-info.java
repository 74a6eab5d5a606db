/**
 * The monitor of ZooKeeper's clients: which paths, operations, clients and sessions load a server, and how slow they
 * are. State, what keys do, what is drawn; no I/O, no clock.
 */
@NullMarked
package shawk.screen.zk;

import org.jspecify.annotations.NullMarked;
