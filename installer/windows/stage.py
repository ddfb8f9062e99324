"""stage.py RUNTIME JARS JAVAFX_WIN LOADERS OUT: lays out what the setup puts on a PC, but for the two launchers.

Jars are stored, not compressed, so that the setup's own compression sees their classes. JavaFX's libraries lie in app/bin,
beside the folder of its jars, where it looks first: else it would unpack them into each user's home.
"""
import pathlib
import shutil
import sys
import zipfile

EPOCH = (2026, 1, 1, 0, 0, 0)  # the same bytes each time
# Windows 10 and 11 have these; what the runtime brings is taken from there.
OF_WINDOWS = ("api-ms-win-", "ucrtbase")


def store(jar: pathlib.Path, out: pathlib.Path, libraries: pathlib.Path, runtime: set[str]) -> None:
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for entry in source.infolist():
            name = entry.filename
            if name.endswith(".dll"):
                lower = name.lower()
                if not lower.startswith(OF_WINDOWS) and lower not in runtime:
                    (libraries / name).write_bytes(source.read(entry))
            else:
                copy = zipfile.ZipInfo(name, EPOCH)
                copy.external_attr = entry.external_attr
                target.writestr(copy, source.read(entry))


def main() -> None:
    runtime, jars, javafx, loaders, out = map(pathlib.Path, sys.argv[1:])
    shutil.rmtree(out, ignore_errors=True)
    lib, libraries = out / "app" / "lib", out / "app" / "bin"
    for folder in (lib, libraries):
        folder.mkdir(parents=True)
    shutil.copytree(runtime, out / "runtime")
    shutil.copytree(loaders, out / "app" / "loaders")
    inside = {p.name.lower() for p in (out / "runtime" / "bin").glob("*.dll")}
    ours = [j for j in sorted(jars.glob("*.jar")) if not j.name.startswith("javafx-")]
    for jar in ours + sorted(javafx.glob("javafx-*-win.jar")):
        store(jar, lib / jar.name, libraries, inside)
    here = pathlib.Path(__file__).parent
    text = (here / "launcher.cfg").read_text()
    (out / "app" / "launcher.cfg").write_text(text, newline="\r\n")
    shutil.copy(here.parent.parent / "LICENSE", out / "LICENSE.txt")


main()
