"""Two Matchboxes behind one address boot the machine from what `ichor export compose` wrote, and one of them is killed.

Ichor itself is stopped; nginx stands in front, as a Service does on Kubernetes.
"""
import os
import shutil
import time

import machine
import nas
from boot import LIMIT, Outcome
from network import NAS

PORTS = 8081, 8082
RELAY = """daemon off;
user root;
pid %(work)s/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path %(work)s/nginx;
  proxy_temp_path %(work)s/nginx;
  fastcgi_temp_path %(work)s/nginx;
  uwsgi_temp_path %(work)s/nginx;
  scgi_temp_path %(work)s/nginx;
  upstream matchbox { %(servers)s }
  server {
    listen %(address)s:8080;
    location / { proxy_pass http://matchbox; proxy_connect_timeout 2s; proxy_buffering off; }
  }
}
"""


def possible():
    return shutil.which('nginx') is not None


class ExportBoot(nas.NasBoot):
    def assemble(self):
        self.folder = f'{self.work}/export'
        self.write_cluster()
        result = self.ichor('export', 'compose', f'{self.work}/cluster', self.folder, loaders=nas.LOADERS)
        if os.path.exists(f'{self.folder}/generic'):
            return 'the exported tree holds configs'
        return f'ichor export: {result.stderr or result.stdout}' if result.returncode else None

    def start_http(self):
        self.servers = [self.start_matchbox(f'127.0.0.1:{port}', f'matchbox-{port}.log') for port in PORTS]
        with open(f'{self.work}/nginx.conf', 'w') as out:
            out.write(RELAY % {'work': self.work, 'address': NAS, 'servers': ' '.join(f'server 127.0.0.1:{p};' for p in PORTS)})
        self.start('nas', ['nginx', '-e', 'stderr', '-c', f'{self.work}/nginx.conf'], 'nginx.log')

    def power_on(self, log):
        """Who gives the machine its kernel dies over it."""
        start = time.time()
        self.computer = self.start('lan', machine.command(self.scenario.firmware, self.work), log)
        while not (asked := [s for s in self.servers if s.first('/vmlinuz', start)]):
            if time.time() > start + LIMIT:
                return Outcome('the machine did not ask for its kernel')
            time.sleep(0.01)
        asked[0].kill()
        outcome = self.outcome(start)
        return outcome if outcome.problem or 'initramfs' in outcome.times else Outcome('the other server gave no initramfs')

    def stages(self, start):
        times = {}
        for self.matchbox in self.servers:
            times.update(super().stages(start))
        return times
