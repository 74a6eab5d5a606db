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
 * @param rates of programs in the kernel
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
        ProgramRates rates,
        String host,
        String failure) {
    /** One of which only the table is drawn. */
    static Scene ofTable(UiState state, Tree tree, RowTexts texts) {
        Totals none = new Totals(
                tree.pivot().snapshot(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
        Lineup lineup = Lineup.of(tree, state.cursor(), state.page());
        return new Scene(
                state,
                tree,
                texts,
                lineup,
                new CalmRows(),
                new Details(Symbols.UTF8, new History()),
                none,
                Double.NaN,
                SelfCost.UNKNOWN,
                new ProgramRates(),
                "",
                "");
    }
}
