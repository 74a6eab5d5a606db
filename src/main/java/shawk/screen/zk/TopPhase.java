package shawk.screen.zk;

/** Whether more comes. */
public enum TopPhase {
    /** Packets are counted as they come: rates are those of the last interval. */
    COUNTING,
    /** A file is being read: rates are means over what was read of it. */
    READING,
    /** Nothing more comes: rates are means over all of it. */
    OVER
}
