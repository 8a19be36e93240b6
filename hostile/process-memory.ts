import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Memory of a process and of all that it started (Linux), in MiB. A peak is the sum of each one's own. */
export function treeMemory(pid: number): { now_mib: number; peak_mib: number } {
  let now_kib = 0;
  let peak_kib = 0;
  for (const one of treeOf(pid)) {
    const status = read(`/proc/${one}/status`);
    now_kib += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
    peak_kib += Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
  }
  return { now_mib: Math.round(now_kib / 1_024), peak_mib: Math.round(peak_kib / 1_024) };
}

/** From here on the peak is that of what follows (proc(5), clear_refs). */
export function resetPeak(pid: number): void {
  for (const one of treeOf(pid)) {
    try {
      writeFileSync(`/proc/${one}/clear_refs`, '5');
    } catch {
      // it has just ended, or the system does not let us: the peak is then that of all before as well
    }
  }
}

function treeOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /\) \S (\d+)/.exec(read(`/proc/${name}/stat`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const tree = [pid];
  for (const one of tree) {
    for (const [child, parent] of parents) if (parent === one) tree.push(child);
  }
  return tree;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has just ended
  }
}
