import type { Command } from 'commander';
import { addHygieneExport } from './hygiene-export.js';
import { addHygieneQuarantine, addHygieneRestore } from './hygiene-quarantine.js';
import { addHygieneBacktest, addHygienePreview } from './hygiene-trials.js';
import { addHygieneVerdicts } from './hygiene-verdicts.js';

/** `recuento hygiene …`: which numbers to stop dialing, on a running server (RECUENTO_URL, RECUENTO_TOKEN). */
export function addHygiene(program: Command): void {
  const hygiene = program
    .command('hygiene')
    .description('which numbers to stop dialing, on a running server (RECUENTO_URL, RECUENTO_TOKEN)');
  addHygieneVerdicts(hygiene);
  addHygienePreview(hygiene);
  addHygieneBacktest(hygiene);
  addHygieneQuarantine(hygiene);
  addHygieneRestore(hygiene);
  addHygieneExport(hygiene);
}
