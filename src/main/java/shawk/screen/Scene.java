package shawk.screen;

/**
 * All that one frame shows.
 *
 * @param state how it is looked at
 * @param tree the rows
 * @param texts what stands in them
 * @param lineup what stands on each line
 * @param rows which of them are new
 * @param details what the detail pane says
 * @param totals the whole host
 * @param matching connections that match the filter
 * @param self what this program takes
 * @param host name of this host, harmless
 * @param failure why there is no newer snapshot; empty while all is well
 */
record Scene(
        UiState state,
        Tree tree,
        RowTexts texts,
        Lineup lineup,
        CalmRows rows,
        Details details,
        Totals totals,
        double matching,
        SelfCost self,
        String host,
        String failure) {}
