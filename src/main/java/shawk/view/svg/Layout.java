package shawk.view.svg;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.CycleBreakingStrategy;
import org.eclipse.elk.alg.layered.options.EdgeLabelSideSelection;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.NodeLabelPlacement;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Places boxes and lines in layers, clients left of servers, by ELK. Used by one thread. */
final class Layout {
    private static final double LABEL_HEIGHT = 14;
    /** Beyond so many lines their labels would take longer to place than anybody waits. */
    private static final int MOST_LABELS = 600;

    private final Drawn drawn;
    private final ElkNode root = ElkGraphUtil.createGraph();
    private final List<ElkNode> nodes = new ArrayList<>();
    private final List<ElkEdge> edges = new ArrayList<>();

    private Layout(Drawn drawn) {
        this.drawn = drawn;
    }

    static Placed of(Drawn drawn, List<double[]> sizes) {
        Layout layout = new Layout(drawn);
        layout.build(sizes);
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        new LayeredLayoutProvider().layout(layout.root, new BasicProgressMonitor());
        return layout.placed();
    }

    private void build(List<double[]> sizes) {
        root.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(LayeredOptions.PADDING, new ElkPadding(8));
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, 18.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 14.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 8.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_LABEL, 3.0);
        root.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, 32.0);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 36.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 8.0);
        root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        root.setProperty(LayeredOptions.CYCLE_BREAKING_STRATEGY, CycleBreakingStrategy.GREEDY);
        root.setProperty(LayeredOptions.EDGE_LABELS_SIDE_SELECTION, EdgeLabelSideSelection.ALWAYS_UP);
        root.setProperty(LayeredOptions.ASPECT_RATIO, 1.6);
        root.setProperty(LayeredOptions.RANDOM_SEED, 1);
        for (double[] size : sizes) {
            ElkNode node = ElkGraphUtil.createNode(root);
            node.setDimensions(size[0], size[1]);
            node.setProperty(LayeredOptions.NODE_LABELS_PLACEMENT, EnumSet.noneOf(NodeLabelPlacement.class));
            nodes.add(node);
        }
        boolean labelled = drawn.lines().size() <= MOST_LABELS;
        for (Drawn.Line line : drawn.lines()) {
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(line.from()), nodes.get(line.to()));
            if (labelled) {
                ElkLabel label = ElkGraphUtil.createLabel(line.label(), edge);
                label.setDimensions(TextWidth.of(line.label(), SvgWriter.LABEL_SIZE, false) + 6, LABEL_HEIGHT);
                label.setProperty(LayeredOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.CENTER);
            }
            edges.add(edge);
        }
    }

    private Placed placed() {
        List<Placed.Area> boxes = new ArrayList<>();
        for (ElkNode node : nodes) {
            boxes.add(new Placed.Area(node.getX(), node.getY(), node.getWidth(), node.getHeight()));
        }
        List<List<Placed.Point>> routes = new ArrayList<>();
        List<Placed.Area> labels = new ArrayList<>();
        for (ElkEdge edge : edges) {
            List<Placed.Point> points = new ArrayList<>();
            for (ElkEdgeSection section : edge.getSections()) {
                points.add(new Placed.Point(section.getStartX(), section.getStartY()));
                for (ElkBendPoint bend : section.getBendPoints()) {
                    points.add(new Placed.Point(bend.getX(), bend.getY()));
                }
                points.add(new Placed.Point(section.getEndX(), section.getEndY()));
            }
            routes.add(List.copyOf(points));
            for (ElkLabel label : edge.getLabels()) {
                labels.add(new Placed.Area(label.getX(), label.getY(), label.getWidth(), label.getHeight()));
            }
            if (edge.getLabels().isEmpty()) {
                labels.add(new Placed.Area(0, 0, 0, 0));
            }
        }
        return new Placed(root.getWidth(), root.getHeight(), boxes, routes, labels);
    }
}
