package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.DeployPlan;

import javafx.scene.control.TreeItem;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What copying does, folder by folder; those in which something changes are open.
final class DeployTree {
    private DeployTree() {}

    static TreeItem<String> of(DeployPlan p) {
        SortedMap<String, String> signs = new TreeMap<>();
        p.keep().forEach(f -> signs.put(f, "copy.same"));
        p.create().forEach(f -> signs.put(f, "copy.new"));
        p.replace().forEach(f -> signs.put(f, "copy.changed"));
        p.delete().forEach(f -> signs.put(f, "copy.gone"));
        p.foreign().forEach(f -> signs.put(f, "copy.foreign"));
        TreeItem<String> root = new TreeItem<>(p.target().folder());
        signs.forEach((path, sign) -> add(root, List.of(path.split("/")), sign));
        root.setExpanded(true);
        return root;
    }

    private static void add(TreeItem<String> under, List<String> path, String sign) {
        if (path.size() == 1) {
            under.getChildren().add(new TreeItem<>(text(sign, path.getFirst())));
            return;
        }
        TreeItem<String> folder = folder(under, path.getFirst() + "/");
        if (!sign.equals("copy.same")) {
            folder.setExpanded(true);
        }
        add(folder, path.subList(1, path.size()), sign);
    }

    private static TreeItem<String> folder(TreeItem<String> under, String name) {
        for (TreeItem<String> child : under.getChildren()) {
            if (name.equals(child.getValue())) {
                return child;
            }
        }
        TreeItem<String> fresh = new TreeItem<>(name);
        under.getChildren().add(fresh);
        return fresh;
    }
}
