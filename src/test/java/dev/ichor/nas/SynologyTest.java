package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Services.Project;
import dev.ichor.nas.Services.Tftp;
import dev.ichor.nas.Services.Wish;
import dev.ichor.steps.UndoFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SynologyTest {
    private static final String FOLDER = "/docker/matchbox";
    private static final Project OURS = new Project(FOLDER, "services: {}\n");
    private static final Wish WISH = new Wish(true, FOLDER + "/tftp", OURS);

    @TempDir private Path dir;
    private final List<Synology> opened = new ArrayList<>();
    private FakeDsm fake;

    @BeforeEach
    void start() throws Exception {
        fake = FakeDsm.start();
        fake.folders.add(FOLDER + "/tftp");
    }

    @AfterEach
    void stop() {
        opened.forEach(Synology::close);
        fake.close();
    }

    private Synology open() throws Exception {
        return open(FakeDsm.PASSWORD, "");
    }

    private Synology open(String password, String code) throws Exception {
        Synology nas =
                Synology.open(
                        fake.at(fake.certificate()),
                        new Synology.Asked(password::toCharArray, () -> code, print -> false));
        opened.add(nas);
        return nas;
    }

    private UndoFile<ServiceChange> file() {
        return UndoFile.ofNas(dir.resolve("nas.json"));
    }

    /// Something that has to fail.
    private interface Try {
        void run() throws Exception;
    }

    private static Problem problem(Try t) throws Exception {
        try {
            t.run();
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void shows_shares_services_and_what_would_change() throws Exception {
        try (Synology nas = open()) {
            Services now = nas.services();

            assertThat(now.shares())
                    .map(Object::toString)
                    .containsExactly("/docker (/volume1/docker)", "/home (/volume1/homes/a)");
            assertThat(now.changes(WISH))
                    .map(ServiceChange::difference)
                    .containsExactly(
                            "SFTP service: off → on",
                            "TFTP service: off → on, folder /docker/matchbox/tftp",
                            "Container Manager project ichor: none → in /docker/matchbox",
                            "Project ichor: stopped → started");
        }
        assertThat(fake.written).isEmpty();
        assertThat(fake.asked).last().isEqualTo("SYNO.API.Auth logout");
    }

    @Test
    void sets_everything_shows_state_and_log_and_puts_everything_back() throws Exception {
        String tftp = fake.tftp.toString();
        try (Synology nas = open()) {
            file().set(nas::write, nas.services().changes(WISH));

            assertThat(nas.services().changes(WISH)).isEmpty();
            assertThat(nas.services().status()).isEqualTo("RUNNING");
            assertThat(nas.log())
                    .containsExactly("ichor-matchbox-1: first", "ichor-matchbox-1: second");
            assertThat(fake.written.get(1))
                    .isEqualTo(
                            "SYNO.Core.TFTP set {\"enable\":true,\"enable_log\":true,"
                                    + "\"permission\":\"r\","
                                    + "\"root_path\":\"/docker/matchbox/tftp\"}");

            assertThat(file().undo(nas::write)).hasSize(4);
        }
        assertThat(fake.projects).isEmpty();
        assertThat(fake.sftp.path("enable").asBoolean()).isFalse();
        assertThat(fake.tftp.put("root_path", "").toString()).isEqualTo(tftp);
        assertThat(Files.readString(dir.resolve("nas.json"))).doesNotContain(FakeDsm.PASSWORD);
    }

    @Test
    void a_project_that_was_there_is_updated_and_gets_its_old_content_back() throws Exception {
        try (Synology nas = open()) {
            file().set(nas::write, nas.services().changes(WISH));
            Project changed = new Project(FOLDER, "services: {other: {}}\n");
            UndoFile<ServiceChange> second = UndoFile.ofNas(dir.resolve("second.json"));
            second.set(nas::write, nas.services().changes(new Wish(true, "", changed)));

            assertThat(nas.services().project()).isEqualTo(changed);
            assertThat(nas.services().runs()).isTrue();
            second.undo(nas::write);
            assertThat(nas.services().project()).isEqualTo(OURS);
        }
    }

    @Test
    void the_one_time_code_is_asked_only_where_dsm_wants_one() throws Exception {
        fake.code = "123456";
        open(FakeDsm.PASSWORD, "123456").close();

        assertThat(fake.asked).filteredOn(a -> a.endsWith("login")).hasSize(2);
        assertThat(problem(() -> open(FakeDsm.PASSWORD, "")).why())
                .isEqualTo("It wants the one-time code of the second factor.");
        assertThat(problem(() -> open(FakeDsm.PASSWORD, "999999")).why())
                .isEqualTo("The one-time code is wrong, or was used already.");
    }

    @Test
    void a_wrong_password_is_tried_once() throws Exception {
        assertThat(problem(() -> open("guess", "")).why()).isEqualTo("User or password is wrong.");
        assertThat(fake.asked).filteredOn(a -> a.endsWith("login")).hasSize(1);
    }

    @Test
    void a_certificate_that_changed_is_shown_beside_the_old_one() throws Exception {
        Problem p =
                problem(() ->
                        Synology.open(
                                fake.at("AA:BB"),
                                new Synology.Asked(
                                        FakeDsm.PASSWORD::toCharArray, () -> "", f -> true)));

        assertThat(p.what()).isEqualTo("The NAS at localhost shows another certificate.");
        assertThat(p.why()).isEqualTo("It shows " + fake.certificate() + "; before it was AA:BB.");
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void what_the_owner_does_not_accept_gets_no_password() throws Exception {
        Problem p =
                problem(() ->
                        Synology.open(
                                fake.at(null),
                                new Synology.Asked(
                                        FakeDsm.PASSWORD::toCharArray, () -> "", f -> false)));

        assertThat(p.what()).isEqualTo("The certificate of localhost was not accepted.");
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void who_is_no_administrator_is_told() throws Exception {
        fake.ordinaryUser = true;

        assertThat(problem(() -> open().services()).why())
                .isEqualTo("admin-of-the-house has not the right to; DSM wants an administrator.");
    }

    @Test
    void a_session_that_somebody_ended_is_told() throws Exception {
        Synology nas = open();
        fake.ended = true;

        assertThat(problem(nas::services).why())
                .isEqualTo("The log-in has run out, or was ended by another one.");
    }

    @Test
    void without_container_manager_the_way_by_ssh_is_told() throws Exception {
        try (FakeDsm old = FakeDsm.old();
                Synology nas =
                        Synology.open(
                                old.at(old.certificate()),
                                new Synology.Asked(
                                        FakeDsm.PASSWORD::toCharArray, () -> "", f -> false))) {
            assertThat(nas.services().project()).isEqualTo(Project.NONE);
            assertThat(
                            problem(() -> nas.write(new ServiceChange.Compose(Project.NONE, OURS)))
                                    .remedy())
                    .contains("sudo /usr/local/bin/docker compose up -d");
        }
    }

    @Test
    void a_tftp_folder_that_is_not_there_is_refused_in_words() throws Exception {
        Tftp off = new Tftp(false, "", false, false);
        Tftp on = new Tftp(true, "/docker/nowhere", false, true);

        assertThat(problem(() -> open().write(new ServiceChange.TftpService(off, on))).why())
                .isEqualTo("It does not take the folder (error 2301).");
    }

    @Test
    void containers_that_do_not_start_show_what_docker_said() throws Exception {
        Project broken = new Project(FOLDER, "image: no-such-image\n");
        try (Synology nas = open()) {
            assertThat(
                            problem(() ->
                                            file().set(
                                                            nas::write,
                                                            nas.services()
                                                                    .changes(
                                                                            new Wish(
                                                                                    false, "",
                                                                                    broken))))
                                    .why())
                    .endsWith("It said: Error: manifest unknown");
            file().undo(nas::write);
        }
        assertThat(fake.projects).isEmpty();
    }

    @Test
    void somebody_elses_project_of_that_name_is_left_alone() throws Exception {
        try (Synology nas = open()) {
            file().set(nas::write, nas.services().changes(WISH));
            Wish elsewhere = new Wish(false, "", new Project("/docker/other", ""));

            assertThat(problem(() -> nas.services().changes(elsewhere)).why())
                    .isEqualTo("It lies in /docker/matchbox.");
        }
    }

    @Test
    void what_the_nas_does_not_keep_is_told() throws Exception {
        fake.forgetful = true;

        assertThat(problem(() -> open().write(new ServiceChange.Sftp(false, true))).what())
                .isEqualTo("The NAS took the change, but does not show it.");
    }

    @Test
    void nothing_is_written_over_what_somebody_else_changed() throws Exception {
        fake.tftp.put("enable", true).put("root_path", FOLDER);
        Tftp off = new Tftp(false, "", false, false);
        Tftp on = new Tftp(true, FOLDER + "/tftp", false, true);

        assertThat(problem(() -> open().write(new ServiceChange.TftpService(off, on))).what())
                .isEqualTo("The NAS was changed by somebody else.");
        assertThat(fake.written).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "after"})
    void a_nas_that_goes_away_in_the_middle_can_be_undone(String when) throws Exception {
        fake.cut = when;
        try (Synology nas = open()) {
            List<ServiceChange> all = nas.services().changes(WISH);

            assertThat(problem(() -> file().set(nas::write, all)).what())
                    .isEqualTo("The NAS at localhost went away in the middle.");
            assertThat(file().read().written()).isEqualTo(all);
        }
        try (Synology again = open()) {
            file().undo(again::write);
            assertThat(again.services().sftp()).isFalse();
        }
        assertThat(file().read().written()).isEmpty();
    }

    @Test
    void another_web_server_is_no_synology() throws Exception {
        assertThat(DsmWords.noDsm("192.168.1.9").problem().toString())
                .isEqualTo(
                        "What answers at 192.168.1.9 is no Synology. Check address and port:"
                                + " DSM's HTTPS port is usually 5001.");
    }
}
