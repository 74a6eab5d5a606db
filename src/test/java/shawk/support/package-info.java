/** What tests of several packages share: made-up snapshots. */
package shawk.support;
