/**
 * Several hosts on one machine, each with network, processes, mounts and name of its own, whose agents store into one
 * real server; what is asked of it is held against what the processes themselves say of each of their connections.
 */
package shawk.fleet;
