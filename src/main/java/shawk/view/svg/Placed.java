package shawk.view.svg;

import java.util.List;

/**
 * Where everything is, in pixels.
 *
 * @param width of all of it
 * @param height of all of it
 * @param boxes place of each box
 * @param routes of each line the points that it goes through
 * @param labels of each line the place of its label
 */
record Placed(double width, double height, List<Area> boxes, List<List<Point>> routes, List<Area> labels) {
    /** A rectangle. */
    record Area(double x, double y, double width, double height) {}

    /** A point. */
    record Point(double x, double y) {}
}
