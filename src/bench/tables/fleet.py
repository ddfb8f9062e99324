"""A thousand pretended machines boot at once and become Ready: boot server, bring-up and all the machines in one process."""
import json
import time

from bench import OURS, Program, ichor

TITLE = 'Fleet'
HEAP, SECONDS = 256, 900


def run(bench):
    machines = bench.sized(1000, 4)
    ready = bench.row(f'{machines:,} machines boot (2 MB each): READY', 'of them', against=None, must=machines)
    again = bench.row('of these, started again unasked', 'of them', more=False, against=None, must=0)
    took = bench.row('until all are READY', 's', more=False, against=None)
    most = bench.row(f'most resident, heap of {HEAP} MB, the machines included', 'MB', more=False, against=None, aim=350)
    for _ in bench.turns():
        start = time.monotonic()
        with Program(ichor('demo', '--machines', machines, '--json', flags=[f'-Xmx{HEAP}m']), 'fleet') as program:
            resident = 0
            while program.alive and time.monotonic() - start < SECONDS:
                resident = max(resident, program.memory())
                time.sleep(0.2)
            took.add(OURS, time.monotonic() - start)
            most.add(OURS, resident)
            happened = [json.loads(line) for line in open(program.log) if line.startswith('{')]
        ready.add(OURS, len({e['mac'] for e in happened if e['event'] == 'kubernetesNode' and e['ready']}))
        again.add(OURS, restarted(happened))


def restarted(happened):
    """Machines that fetched their initramfs more than once; the demo itself cuts the power of one."""
    times = {}
    for e in happened:
        if e['event'] == 'transferDone' and e['kind'] == 'INITRAMFS':
            times[e['mac']] = times.get(e['mac'], 0) + 1
    return max(0, sum(1 for n in times.values() if n > 1) - 1)
