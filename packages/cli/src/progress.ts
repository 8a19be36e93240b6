import { progress } from '@clack/prompts';

/** The progress of sending a file. */
export interface Progress {
  sent(bytes: number): void;
  done(): void;
  failed(): void;
}

const QUIET: Progress = { sent: () => undefined, done: () => undefined, failed: () => undefined };

/** Time between redraws: longer looks stuck, shorter flickers. */
const REDRAW_MS = 250;

/** A bar with rate and time left on a terminal; nothing if the output goes into a file or a pipe. */
export function startProgress(label: string, total_bytes: number): Progress {
  if (!process.stdout.isTTY || total_bytes === 0) return QUIET;
  const bar = progress({ style: 'heavy', max: total_bytes });
  bar.start(label);
  const started_ms = performance.now();
  let sent = 0;
  let drawn = 0;
  let drawn_ms = started_ms;
  return {
    sent(bytes) {
      sent += bytes;
      const now_ms = performance.now();
      if (now_ms - drawn_ms < REDRAW_MS) return;
      bar.advance(sent - drawn, `${label}: ${describe(sent, total_bytes, (now_ms - started_ms) / 1_000)}`);
      drawn = sent;
      drawn_ms = now_ms;
    },
    done: () => bar.stop(label),
    failed: () => bar.error(label),
  };
}

const MEGABYTE = 1_000_000;

function describe(sent: number, total_bytes: number, seconds: number): string {
  const bytes_per_second = sent / Math.max(seconds, 0.001);
  const left_s = Math.ceil((total_bytes - sent) / bytes_per_second);
  const percent = Math.floor((100 * sent) / total_bytes);
  return `${percent} %, ${(bytes_per_second / MEGABYTE).toFixed(1)} MB/s, ${left_s} s left`;
}
