"""Copying to a NAS by SFTP and SMB, with the reading back, beside OpenSSH's sftp and smbclient; with and without a delay."""
import contextlib
import json
import os
import subprocess
import time

from bench import HERE, JAVA_FLAGS, OURS, TARGET, Network, Program, blob, find, folder, jars, java, tool

TITLE = 'NAS'
NAS, PC = '10.67.0.1', '10.67.0.2'
SSH, SMB = 2222, 4450
PASSWORD = 'throw-away'
SFTP_OPTIONS = ('-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR')


class Wire:
    """A wire between the two namespaces that delays by `ms` each way."""

    def __init__(self, net, ms):
        self.net, self.ms = net, ms

    def __enter__(self):
        self.delay = Program([tool('tundelay'), self.net.server_ns, 'nas', self.net.client_ns, 'pc', str(int(self.ms * 1000))], 'tundelay')
        self.delay.said('ready')
        for ns, dev, own, other in ((self.net.server_ns, 'nas', NAS, PC), (self.net.client_ns, 'pc', PC, NAS)):
            subprocess.run(['ip', '-n', ns, 'addr', 'add', own, 'peer', other, 'dev', dev], check=True)
            subprocess.run(['ip', '-n', ns, 'link', 'set', dev, 'up'], check=True)
        return self

    def __exit__(self, *_):
        self.delay.stop()


class Copier:
    """NasLoad, fed line by line."""

    def __init__(self, net, host, port, access):
        command = net.client([java(), *JAVA_FLAGS, '-cp', jars(), os.path.join(HERE, 'load', 'NasLoad.java'), host, port, 'root', access])
        self._popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=TARGET)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._popen.stdin.close()
        self._popen.wait(20)

    def copy(self, tree, to):
        """Milliseconds, those of them for sending and for reading back, and bytes."""
        self._popen.stdin.write(f'{tree} {to}\n')
        self._popen.stdin.flush()
        said = json.loads(self._popen.stdout.readline())
        return said['ms'], said['sent'], said['readBack'], said['bytes']


def sshd(net, home):
    os.makedirs('/run/sshd', exist_ok=True)
    for key in ('host', 'user'):
        subprocess.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', os.path.join(home, key)], check=True)
    subprocess.run(['cp', os.path.join(home, 'user.pub'), os.path.join(home, 'authorized')], check=True)
    with open(os.path.join(home, 'sshd.conf'), 'w') as conf:
        conf.write(f'Port {SSH}\nListenAddress {NAS}\nHostKey {home}/host\nAuthorizedKeysFile {home}/authorized\nStrictModes no\n'
                   f'PermitRootLogin yes\nUsePAM no\nPidFile none\nMaxStartups 100\nSubsystem sftp internal-sftp\n')
    return Program(net.server([find('sshd', 'openssh-server'), '-D', '-e', '-f', os.path.join(home, 'sshd.conf')]), 'nas-sshd')


def samba(net, home, share):
    conf = os.path.join(home, 'smb.conf')
    with open(conf, 'w') as out:
        out.write(f'[global]\nsmb ports = {SMB}\ndisable netbios = yes\nload printers = no\ndisable spoolss = yes\nserver signing = mandatory\n'
                  f'passdb backend = tdbsam:{home}/passdb.tdb\nlog file = {home}/smbd.log\n')
        for kind in ('private dir', 'ncalrpc dir', 'lock directory', 'state directory', 'cache directory', 'pid directory'):
            os.makedirs(os.path.join(home, kind.split()[0]), exist_ok=True)
            out.write(f'{kind} = {home}/{kind.split()[0]}\n')
        out.write(f'[docker]\npath = {share}\nread only = no\n')
    subprocess.run(['smbpasswd', '-c', conf, '-a', '-s', 'root'], input=f'{PASSWORD}\n' * 2, text=True, check=True, capture_output=True)
    return Program(net.server([find('smbd', 'samba'), '--foreground', '--no-process-group', f'--configfile={conf}']), 'nas-smbd')


def trees(large, many):
    """One with a single large file, one with so many small ones."""
    big, small = folder('nas-big'), folder('nas-small')
    os.makedirs(os.path.join(big, 'assets'))
    os.link(blob(os.path.join(TARGET, 'data', f'nas-{large}'), large), os.path.join(big, 'assets', 'initramfs'))
    os.makedirs(os.path.join(small, 'profiles'))
    for i in range(many):
        with open(os.path.join(small, 'profiles', f'machine-{i}.json'), 'w') as out:
            out.write(json.dumps({'id': f'machine-{i}', 'boot': {'kernel': '/assets/vmlinuz', 'args': ['x' * 1500]}}))
    return big, small


def timed(command, script=None):
    """Milliseconds of a whole process."""
    start = time.monotonic()
    subprocess.run(command, input=script, text=True, check=True, capture_output=True, timeout=300)
    return (time.monotonic() - start) * 1000


def sftp(net, home, lines):
    return timed(net.client(['sftp', *SFTP_OPTIONS, '-i', os.path.join(home, 'user'), '-P', SSH, '-b', '-', f'root@{NAS}']), '\n'.join(lines) + '\n')


def smbclient(net, lines):
    return timed(net.client(['smbclient', f'//{NAS}/docker', '-p', SMB, '-U', f'root%{PASSWORD}', '--client-protection=sign', '-c', '; '.join(lines)]))


def run(bench):
    find('sftp', 'openssh-client'), find('smbclient', 'smbclient')
    size, count = bench.sized((100_000_000, 200), (1_000_000, 5))
    big, small = trees(size, count)
    large = os.path.join(big, 'assets', 'initramfs')
    files = sorted(os.listdir(os.path.join(small, 'profiles')))
    delays = (0, ''), (2.5, ', 5 ms round trip')
    for ms, words in bench.sized(delays, delays[1:]):
        peers = {'SFTP': 'sftp', 'SMB signed': 'smbclient'}
        must = {'SFTP': 1.0, 'SMB signed': 1 / 0.7 if ms else 2.0}
        rows = {p: bench.row(f'{p}, 100 MB sent, warm{words}', 'ms', more=False, against=peer, must=must[p]) for p, peer in peers.items()}
        whole = {p: bench.row(f'{p}, 100 MB compared, sent, read back and named, warm{words}', 'ms', more=False, against=peer) for p, peer in peers.items()}
        many = {p: bench.row(f'{p}, {count} small files sent and renamed{words}', 'ms', more=False, against=None, must=1500, aim=800)
                for p in ('SFTP', 'SMB signed')} if ms else {}
        back = {p: bench.row(f'{p}, {count} small files read back{words}', 'ms', more=False, against=None) for p in many}
        again = bench.row(f'SFTP, nothing changed{words}', 'ms', more=False, against=None, must=1000)
        home, share = folder('nas-home'), folder('nas-share')
        with Network() as net, Wire(net, ms), contextlib.ExitStack() as stack:
            server = stack.enter_context(sshd(net, home))
            server.said('Server listening')
            stack.enter_context(samba(net, home, share)).until(
                lambda: not subprocess.run(net.client(['smbclient', f'//{NAS}/docker', '-p', SMB, '-U', f'root%{PASSWORD}', '-c', 'ls']), capture_output=True).returncode)
            ssh = stack.enter_context(Copier(net, NAS, SSH, os.path.join(home, 'user')))
            smb = stack.enter_context(Copier(net, 'smb://' + NAS, SMB, PASSWORD))
            serial = 0
            for warm in (True, False):
                for _ in ([0] * bench.sized(2, 0) if warm else bench.turns()):
                    serial += 1
                    for name, copier, root in (('SFTP', ssh, share), ('SMB signed', smb, '/docker')):
                        took, sending, _, sent = copier.copy(big, f'{root}/{name[:3]}-big-{serial}')
                        assert sent == size
                        few, _, again_read, _ = copier.copy(small, f'{root}/{name[:3]}-small-{serial}')
                        if not warm:
                            rows[name].add(OURS, sending)
                            whole[name].add(OURS, took)
                            if many:
                                many[name].add(OURS, few - again_read)
                                back[name].add(OURS, again_read)
                    took, *_, sent = ssh.copy(big, f'{share}/SFT-big-{serial}')
                    assert sent == 0, 'a second time sent file data'
                    if not warm:
                        again.add(OURS, took)
                        # Without what it takes to connect, which ours has behind it.
                        ssh_on, smb_on = sftp(net, home, ['pwd']), smbclient(net, ['pwd'])
                        put, get = f'put {large} {share}/peer', f'get {share}/peer /dev/null'
                        rows['SFTP'].add('sftp', sftp(net, home, [put]) - ssh_on)
                        whole['SFTP'].add('sftp', sftp(net, home, [put, get]) - ssh_on)
                        put, get = f'put {large} peer', 'get peer /dev/null'
                        rows['SMB signed'].add('smbclient', smbclient(net, [put]) - smb_on)
                        whole['SMB signed'].add('smbclient', smbclient(net, [put, get]) - smb_on)
                        if many:
                            many['SFTP'].add('sftp, sent only', sftp(net, home, [f'put {small}/profiles/{f} {share}/{f}' for f in files]))
                            many['SMB signed'].add('smbclient, sent only', smbclient(net, [f'put {small}/profiles/{f} {f}' for f in files]))
                    for name in os.listdir(share):
                        subprocess.run(['rm', '-rf', os.path.join(share, name)])
