#!/usr/bin/env python3
"""run.py [TABLE,...] [--rounds N] [--minutes M]: measures the packaged program beside its peers, in a network of its own.

A table is a file in tables/ with a TITLE and a run(bench). Writes target/bench/report.md and report.json. It needs Linux,
root, a C compiler; a missing peer is said and left out. With --smoke each table runs once with next to nothing to do, beside
the peers that are installed: it fails where one no longer runs, and its figures say nothing."""
import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import bench  # noqa: E402


def tables():
    return sorted(f[:-3] for f in os.listdir(os.path.join(HERE, 'tables')) if f.endswith('.py') and not f.startswith('_'))


def skipped():
    """Why nothing can be measured here, or None."""
    if platform.system() != 'Linux' or os.getuid():
        return 'it needs Linux and root, for its network namespaces'
    if not os.path.exists(os.path.join(bench.APP, 'bin', 'ichor')):
        return 'target/ichor is not there; run mvn package first'
    if subprocess.run(['which', 'cc', 'ip'], capture_output=True).returncode:
        return 'a C compiler or iproute2 is missing (Debian packages gcc libc6-dev iproute2)'
    return None


def build():
    for path in (bench.BIN, os.path.join(bench.TARGET, 'log'), os.path.join(bench.TARGET, 'data')):
        os.makedirs(path, exist_ok=True)
    load = os.path.join(HERE, 'load')
    for source in sorted(f for f in os.listdir(load) if f.endswith('.c')):
        out = bench.tool(source[:-2])
        if not os.path.exists(out) or os.path.getmtime(out) < os.path.getmtime(os.path.join(load, source)):
            subprocess.run(['cc', '-O2', '-w', '-o', out, os.path.join(load, source)], check=True)


def machine():
    """What it was measured on."""
    cpu = next((line.split(':')[1].strip() for line in open('/proc/cpuinfo') if line.startswith('model name')), platform.machine())
    memory = int(open('/proc/meminfo').readline().split()[1]) >> 20
    system = next((line.split('"')[1] for line in open('/etc/os-release') if line.startswith('PRETTY_NAME=')), 'Linux')
    jdk = subprocess.run([bench.java(), '-version'], capture_output=True, text=True).stderr.splitlines()
    return {'cpu': f'{os.cpu_count()} × {cpu}', 'memory': f'{memory} GiB', 'system': f'{system}, kernel {platform.release()}',
            'jdk': jdk[1] if len(jdk) > 1 else '?'}


def number(value):
    return f'{value:,.0f}' if abs(value) >= 1000 else f'{value:.4g}'


def verdict(row):
    """The figure beside what is demanded."""
    if row.figure() is None:
        return 'not measured' if row.must is not None or row.aim is not None else ''
    unit, than = ('×' if row.against else ' ' + row.unit), ('≥' if row.more else '≤')
    parts = [f'{number(row.figure())}{unit}' + (f' of {row.peer()}' if row.against else '')]
    for name, bound in (('must', row.must), ('aim', row.aim)):
        if bound is not None:
            parts.append(f'{name} {than} {number(bound)}: ' + ('pass' if row.reached(bound) else '**miss**' if name == 'must' else 'miss'))
    return '; '.join(parts)


def markdown(report, groups):
    lines = ['# Benchmarks', '', f"{report['date']}, {report['rounds']} rounds, median [min–max]", '']
    lines += [f'- {key}: {value}' for key, value in {**report['machine'], **report['versions']}.items()]
    for title, rows in groups:
        lines += ['', f'## {title}', '', '| work | unit | ' + bench.OURS + ' | peers | ours against them |', '|---|---|---|---|---|']
        for row in rows:
            said = {w: f'{number(row.median(w))} [{number(min(s))}–{number(max(s))}]' for w, s in row.samples.items()}
            ours = said.pop(bench.OURS, 'not measured')
            peers = ', '.join(f'{w} {s}' for w, s in said.items())
            lines.append(f'| {row.work} | {row.unit} | {ours} | {peers} | {verdict(row)}{" " + row.note if row.note else ""} |')
    return '\n'.join(lines + [''] + [f'- {note}' for note in report['notes']]) + '\n'


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument('tables', nargs='?', default='', help='comma-separated: ' + ', '.join(tables()))
    asked.add_argument('--rounds', type=int, default=5)
    asked.add_argument('--minutes', type=float, default=30, help='after this no further round is begun')
    asked.add_argument('--smoke', action='store_true', help='only whether every table runs')
    options = asked.parse_args()
    wanted = [t for t in options.tables.split(',') if t and t != 'all'] or tables()
    unknown = set(wanted) - set(tables())
    if unknown:
        asked.error(f'no such table: {", ".join(sorted(unknown))}')
    if why := skipped():
        print('bench skipped: ' + why)
        return 1 if options.smoke else 0
    build()
    bench.fetch_peers = not options.smoke
    run = bench.Bench(1 if options.smoke else max(1, options.rounds), options.minutes * 60, options.smoke)
    groups, failed = [], False
    for name in wanted:
        table, before, start = importlib.import_module('tables.' + name), len(run.rows), time.monotonic()
        print(f'== {name}: {table.TITLE}', flush=True)
        if run.left() < 0:
            run.note(f'{name}: not run, out of time.')
            continue
        try:
            table.run(run)
        except Exception as e:  # one table's trouble is told, and the others still run
            failed = True
            run.note(f'{name}: {type(e).__name__}: {e}')
        if silent := [row.work for row in run.rows[before:] if not row.samples]:
            failed = True
            run.note(f'{name}: nothing was measured of {"; ".join(silent)}.')
        groups.append((table.TITLE, run.rows[before:]))
        for row in run.rows[before:]:
            print(f'   {row.work}: {"runs" if run.smoke else verdict(row) or "-"}', flush=True)
        print(f'== {name}: {time.monotonic() - start:.0f} s', flush=True)
    report = {'date': time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime()), 'rounds': run.rounds, 'machine': machine(),
              'versions': run.versions, 'notes': run.notes, 'tables': [{'title': t, 'rows': [r.json() for r in rows]} for t, rows in groups]}
    with open(os.path.join(bench.TARGET, 'report.json'), 'w') as out:
        json.dump(report, out, indent=1, ensure_ascii=False)
    text = markdown(report, groups)
    with open(os.path.join(bench.TARGET, 'report.md'), 'w') as out:
        out.write(text)
    if not run.smoke:
        print(text)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
