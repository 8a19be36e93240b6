import { z } from 'zod';
import {
  EXPORT_DAYS_BLOCK,
  EXPORT_FORMAT_WORDS,
  EXPORT_FORMATS,
  EXPORT_PAGE_ROWS_MAX,
} from '../hygiene/export.js';
import { VERDICTS, type Verdict } from '../hygiene/verdicts.js';
import { described, type Language } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { verdictsQuery } from './hygiene-query.js';
import { campaignSelector } from './report-query.js';
import { fileParameters, oneOf } from './table-parameters.js';

const formats = (language: Language) =>
  EXPORT_FORMATS.map((name) => `\`${name}\`: ${EXPORT_FORMAT_WORDS[name][language]}.`).join(' ');

const VERDICT_FORM = `one or several of ${VERDICTS.join(', ')}, with commas between them`;

const isVerdict = (word: string): word is Verdict => VERDICTS.some((verdict) => verdict === word);

/** A whole number from 1 on. */
function wholeUpTo(max: number) {
  const form = `a whole number from 1 to ${max}`;
  return z
    .string()
    .regex(/^[1-9]\d{0,8}$/, form)
    .transform(Number)
    .refine((number) => number <= max, form);
}

/** `GET /v1/hygiene/export`. */
export const hygieneExportQuery = z.object({
  format: described(
    oneOf(EXPORT_FORMATS).default('csv'),
    { en: formats('en'), es: formats('es') },
    'add_dnc',
  ),
  campaign_id: described(
    campaignSelector.default({ kind: 'all' }),
    {
      en: 'Telephones that this campaign dialed; absent or `all`: those of the operation. `customer_ids` needs a campaign: its customers.',
      es: 'Los teléfonos que marcó esta campaña; si falta o es `all`: los de la operación. `customer_ids` necesita una campaña: sus clientes.',
    },
    'all',
  ),
  verdict: described(
    z
      .string()
      .transform((text, context): readonly Verdict[] => {
        const words = text.split(',').map((word) => word.trim());
        if (words.every(isVerdict)) return [...new Set(words)];
        context.addIssue({ code: 'custom', message: VERDICT_FORM });
        return z.NEVER;
      })
      .optional(),
    {
      en: 'Telephones with one of these verdicts, with commas between them, whether they are put aside or not. Absent: those that are put aside now.',
      es: 'Los teléfonos con uno de estos veredictos, separados por comas, estén apartados o no. Si falta: los que están apartados ahora.',
    },
    'invalid',
  ),
  as_of: described(
    verdictsQuery.shape.as_of,
    {
      en: 'With `verdict`, the moment: RFC 3339 with an offset. Only attempts at or before it are looked at. Absent: now.',
      es: 'Con `verdict`, el momento: RFC 3339 con desfase. Solo se miran los intentos hasta ese momento. Si falta: ahora.',
    },
    '2026-11-30T23:59:59-05:00',
  ),
  days_block: described(
    wholeUpTo(FIELD_LIMITS.days_block_max).optional(),
    {
      en: `With \`add_dnc\` and \`verdict\`: days for which telephones shall be blocked; ${EXPORT_DAYS_BLOCK} by default.`,
      es: `Con \`add_dnc\` y \`verdict\`: días por los que se bloquean los teléfonos; ${EXPORT_DAYS_BLOCK} si no se indica.`,
    },
    '90',
  ),
  headings: fileParameters.headings,
  csv_guard: fileParameters.csv_guard,
  cursor: described(z.string().optional(), {
    en: 'With `add_dnc` and `customer_ids`: absent to start. The header `Link` of a reply has the address of the next page.',
    es: 'Con `add_dnc` y `customer_ids`: ausente para empezar. El encabezado `Link` de una respuesta trae la dirección de la página siguiente.',
  }),
  limit: described(
    wholeUpTo(EXPORT_PAGE_ROWS_MAX).optional(),
    {
      en: `With \`add_dnc\` and \`customer_ids\`: entries of a page, ${EXPORT_PAGE_ROWS_MAX.toLocaleString('en')} by default and at most.`,
      es: `Con \`add_dnc\` y \`customer_ids\`: entradas por página, ${EXPORT_PAGE_ROWS_MAX.toLocaleString('es')} si no se indica y a lo sumo.`,
    },
    '10000',
  ),
});
export type HygieneExportQuestion = z.output<typeof hygieneExportQuery>;
