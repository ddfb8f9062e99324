package dev.ichor.ui;
public final class Wizard { private Wizard() {} public static void launch(Fronts f) {} }
