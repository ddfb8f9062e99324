"""How much there is to download, on the disk and in memory; packages that were not built are said."""
import glob
import os

from bench import APP, OURS, ROOT, Network, Program, ichor, measure, tool
from tables import _served

TITLE = 'Size'
HOST, PORT = '127.0.0.1', 18091
PACKAGES = {'Windows setup': ('ichor-*-setup.exe', 'installer', 75, 60), 'Debian package': ('ichor_*_amd64.deb', 'linux', None, None)}


def run(bench):
    for name, (pattern, profile, must, aim) in PACKAGES.items():
        found = glob.glob(os.path.join(ROOT, 'target', pattern))
        if found:
            bench.row(name, 'MB', more=False, against=None, must=must, aim=aim).add(OURS, os.path.getsize(max(found, key=os.path.getmtime)) / 1e6)
        else:
            bench.note(f'{name}: not built here; mvn -P{profile} package builds it.')
    bench.row('program folder, without Java', 'MB', more=False, against=None).add(
        OURS, sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk(APP) for f in files) / 1e6)
    resident = bench.row('resident: serve after its first answers', 'MB', more=False, against=None)
    serve = ichor('serve', '--tree', _served.make(), '--bind', HOST, '--http-port', PORT, '--tftp-port', 0, '--dhcp', 'off')
    with Network() as net:
        for _ in bench.turns():
            with Program(net.server(serve), 'size') as program:
                program.said('Serving')
                measure(net.server([tool('load'), 'req', HOST, PORT, _served.SCRIPT, 4, 0.5, 1]))
                resident.add(OURS, program.memory('VmRSS'))
