import { cpus, totalmem } from 'node:os';

/** The machine that the figures are of. */
export function machineLine(): string {
  const processors = cpus();
  const memory_gib = (totalmem() / 1024 ** 3).toFixed(0);
  return `node ${process.version}, ${processors.length} × ${processors[0]?.model.trim()}, ${memory_gib} GiB memory`;
}

/** The most memory that this process ever held, in MiB. */
export function peakRssMib(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024); // maxRSS is in KiB
}
