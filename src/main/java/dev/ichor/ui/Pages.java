package dev.ichor.ui;

import dev.ichor.steps.Step;

/// Which page shows which step.
final class Pages {
    private Pages() {}

    static Page of(Step step, Desk.Surroundings around) {
        return switch (step) {
            case GET_READY -> new ReadyPage(around.tell());
            case FIND -> new FindPage(around);
            case ROLES -> new RolesPage(around.tell());
            case DOWNLOAD -> new DownloadPage(around.tell());
            case CONFIGURE -> new ConfigurePage(around.tell());
            case COPY -> new CopyPage(around.tell());
            case BOOT -> new MonitorPage(around);
            case FINISH -> new FinishPage(around.folder(), around.tell());
        };
    }
}
