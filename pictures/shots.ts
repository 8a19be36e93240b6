import type { Language } from '@recuento/contract';
import type { Page } from 'playwright-core';
import { settled } from '../packages/server/test/console/settled.js';

/** A picture of a screen. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** What is done on the screen before. */
  readonly prepare?: (page: Page, language: Language) => Promise<void>;
}

/** A dialer's file, for the picture of imports. */
const MASTER_CSV = [
  '"","1000","573001234567","out","","PJSIP/1000-1","PJSIP/carrier-2","Dial","","2026-11-03 17:00:00",,"2026-11-03 17:00:20",20,0,"NO ANSWER","DOCUMENTATION","1793725200.1",""',
  '"","1000","573007654321","out","","PJSIP/1000-3","PJSIP/carrier-4","Dial","","2026-11-03 17:01:00","2026-11-03 17:01:09","2026-11-03 17:01:49",49,40,"ANSWERED","DOCUMENTATION","1793725260.3",""',
  '"","1000","573005550101","out","","PJSIP/1000-5","PJSIP/carrier-6","Dial","","2026-11-03 17:02:00",,"2026-11-03 17:02:02",2,0,"BUSY","DOCUMENTATION","1793725320.5",""',
];

/** A trial of a rule takes a second or two. */
const COMPUTED_MAX_MS = 60_000;

/** The heading of the part that a picture begins with. */
const beginsWith =
  (heading: Readonly<Record<Language, string>>) => async (page: Page, language: Language) => {
    const title = page.getByRole('heading', { name: heading[language] }).first();
    await title.waitFor();
    // What is computed has its height then.
    const computing = page.locator('main progress');
    await computing.first().waitFor();
    while ((await computing.count()) > 0)
      await computing.first().waitFor({ state: 'detached', timeout: COMPUTED_MAX_MS });
    await settled(page);
    await title.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  };

async function dropFile(page: Page): Promise<void> {
  const file = {
    name: 'Master.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${MASTER_CSV.join('\n')}\n`),
  };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByText('573007654321').first().waitFor();
}

/** What the README and the guide show, in this order. */
export const SHOTS: readonly Shot[] = [
  { name: 'overview', path: '/' },
  { name: 'machine-codes', path: '/machine-codes?sort=-total_machine_recognitions' },
  { name: 'list-quality', path: '/list-quality' },
  {
    name: 'rules',
    path: '/list-quality?tab=rules',
    prepare: beginsWith({ en: 'What it would have done', es: 'Lo que habría hecho' }),
  },
  { name: 'quarantine', path: '/list-quality?tab=quarantine' },
  { name: 'hand-over', path: '/list-quality?tab=hand-over' },
  { name: 'imports', path: '/imports', prepare: dropFile },
  { name: 'tokens', path: '/tokens' },
  { name: 'administration', path: '/administration' },
];

/** Why the numbers in the picture of the quarantine are put aside. */
export const REASON: Readonly<Record<Language, string>> = {
  en: 'Invalid numbers of November',
  es: 'Números inválidos de noviembre',
};

/** In CSS pixels: a window on a laptop, and a telephone. */
export const DEVICES = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;
