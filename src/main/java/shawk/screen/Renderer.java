package shawk.screen;

/**
 * One frame.
 *
 * <pre>
 * shawk  db01  netlink  1.0s   12,034 conns (11,201 estab)  +412~/s -409~/s !3~/s   tx 88 MB/s rx 12 MB/s   lost -
 *  Flows   filter: port = 443 (812 conns)                                                 group: process›peer›port
 * PROCESS / PEER / PORT                DIR     CONNS▼  ESTAB  NEW/S CLOSE/S     TX/S     RX/S    RTT  RTT95 RETR% VERDICT
 * ▾ nginx (4656)                       in       1,204  1,190    210     208  41 MB/s 3.1 MB/s 0.3 ms 1.9 ms   0.0 ok
 *   ▸ 10.0.0.11                        in         812    800 …
 *   …
 * ! owners of 212 processes: no CAP_SYS_PTRACE; run as root (Esc hides)
 *  F1 help  / filter  a arrange  <> sort  Space pause  Enter open  q quit
 * </pre>
 */
final class Renderer {
    private Renderer() {}

    static void draw(Grid grid, Symbols symbols, Scene scene) {
        UiState state = scene.state();
        grid.reset(state.columns(), state.rows());
        Pen pen = new Pen(grid, symbols);
        if (state.columns() < Layout.MIN_COLUMNS || state.rows() < Layout.MIN_ROWS) {
            tooSmall(pen, state);
            return;
        }
        StatusLine.draw(pen, scene);
        LinkLines.draw(pen, scene, 1);
        ContextLine.draw(pen, scene, state.headsLine() - 1);
        if (state.view().hasRows()) {
            table(pen, scene);
        } else {
            SelfPage.draw(pen, scene, symbols);
        }
        NoticeLines.draw(pen, scene);
        Dialog dialog = state.dialog();
        if (dialog == null || !dialog.onLastLine()) {
            BottomLine.draw(pen, scene);
        }
        if (dialog != null) {
            dialog.draw(pen, scene);
        }
    }

    private static void table(Pen pen, Scene scene) {
        UiState state = scene.state();
        RowTable table = new RowTable(pen, scene, Layout.of(state));
        table.drawHeads(state.headsLine());
        if (scene.tree().size() == 0 && scene.lineup().lines().isEmpty()) {
            EmptyTable.draw(pen, scene, state.headsLine() + 1);
        } else {
            table.drawRows(state.headsLine() + 1);
        }
    }

    private static void tooSmall(Pen pen, UiState state) {
        String size = state.columns() + "x" + state.rows();
        pen.text(0, 0, state.columns(), "too small: " + size, Style.PLAIN);
        pen.text(0, 1, state.columns(), "needs " + Layout.MIN_COLUMNS + "x" + Layout.MIN_ROWS, Style.PLAIN);
        pen.text(0, 2, state.columns(), "q quits", Style.DIM);
    }
}
