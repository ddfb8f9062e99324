package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.SVGPath;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A machine's way as dots on a line. Meaning is never by colour alone: seen is a tick, now is a
/// ring, trouble is a cross, left out is a small dot.
final class StageLine extends Region {
    static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");
    static final PseudoClass NEEDS = PseudoClass.getPseudoClass("needs");
    static final PseudoClass SKIPPED = PseudoClass.getPseudoClass("skipped");
    private static final String TICK = "M1 4 L3.2 6.4 L7.2 1.6";
    private static final String CROSS = "M1.5 1.5 L6.5 6.5 M6.5 1.5 L1.5 6.5";
    private static final int LEGS = Leg.values().length;

    private final boolean labelled;
    private final List<StackPane> dots = new ArrayList<>();
    private final List<SVGPath> marks = new ArrayList<>();
    private final List<Region> joints = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private RowView.@Nullable Way shown;

    StageLine(boolean labelled) {
        this.labelled = labelled;
        getStyleClass().add("stage-line");
        setAccessibleRole(AccessibleRole.TEXT);
        for (Leg leg : Leg.values()) {
            add(leg);
        }
    }

    private void add(Leg leg) {
        if (leg.ordinal() > 0) {
            Region joint = new Region();
            joint.getStyleClass().add("joint");
            joints.add(joint);
            getChildren().add(joint);
        }
        SVGPath mark = new SVGPath();
        mark.getStyleClass().add("mark");
        marks.add(mark);
        StackPane dot = new StackPane(mark);
        dot.getStyleClass().add("dot");
        dots.add(dot);
        getChildren().add(dot);
        if (labelled) {
            Label label = Parts.label(leg.words(), "leg-label");
            labels.add(label);
            getChildren().add(label);
        }
    }

    /// Draws a way; nothing is touched when it is the one that is shown.
    void show(RowView.Way way) {
        if (way.equals(shown)) {
            return;
        }
        shown = way;
        for (Leg leg : Leg.values()) {
            draw(leg, way);
        }
        Leg leg = way.leg();
        setAccessibleText(
                leg == null
                        ? text("state.waiting")
                        : text("stage.spoken", leg.ordinal() + 1, LEGS, leg.words()));
    }

    private void draw(Leg leg, RowView.Way way) {
        int at = way.leg() == null ? -1 : way.leg().ordinal();
        boolean here = leg.ordinal() == at && way.health() != Health.READY;
        boolean seen = !here && leg.ordinal() <= at && way.reached().contains(leg);
        boolean skipped = leg.ordinal() < at && !way.reached().contains(leg);
        boolean needs = here && way.health() == Health.NEEDS_YOU && !way.needs().approval();
        mark(dots.get(leg.ordinal()), seen, here && !needs, needs);
        dots.get(leg.ordinal()).pseudoClassStateChanged(SKIPPED, skipped);
        marks.get(leg.ordinal()).setContent(seen ? TICK : needs ? CROSS : "");
        if (labelled) {
            mark(labels.get(leg.ordinal()), seen, here && !needs, needs);
        }
        if (leg.ordinal() > 0) {
            joints.get(leg.ordinal() - 1).pseudoClassStateChanged(DONE, leg.ordinal() <= at);
        }
    }

    private static void mark(Region node, boolean done, boolean active, boolean needs) {
        node.pseudoClassStateChanged(DONE, done);
        node.pseudoClassStateChanged(ACTIVE, active);
        node.pseudoClassStateChanged(NEEDS, needs);
    }

    @Override
    protected double computePrefHeight(double width) {
        return labelled ? 36 : 16;
    }

    @Override
    protected double computePrefWidth(double height) {
        return labelled ? 380 : 190;
    }

    @Override
    protected double computeMinWidth(double height) {
        return labelled ? 320 : 150;
    }

    @Override
    protected void layoutChildren() {
        double d = labelled ? 18 : 14;
        double pad = labelled ? 14 : 0;
        double step = (getWidth() - d - 2 * pad) / (LEGS - 1);
        double top = labelled ? 0 : (getHeight() - d) / 2;
        for (int i = 0; i < LEGS; i++) {
            double x = snapPositionX(pad + i * step);
            dots.get(i).resizeRelocate(x, snapPositionY(top), d, d);
            if (i > 0) {
                double from = x - step + d + 2;
                double long_ = Math.max(0, step - d - 4);
                joints.get(i - 1)
                        .resizeRelocate(
                                snapPositionX(from), snapPositionY(top + d / 2 - 1), long_, 2);
            }
            if (labelled) {
                place(labels.get(i), x + d / 2, d + 3);
            }
        }
    }

    private void place(Label label, double middle, double y) {
        double w = label.prefWidth(-1);
        double x = Math.max(0, Math.min(getWidth() - w, middle - w / 2));
        label.resizeRelocate(snapPositionX(x), y, w, label.prefHeight(-1));
    }
}
