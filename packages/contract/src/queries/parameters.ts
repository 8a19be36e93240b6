import { z } from 'zod';
import { described } from '../language.js';
import { FIELD_LIMITS } from '../limits.js';
import { contradicted, OWN_WORDS_MAX, type OwnWord } from '../words.js';
import { parseWords, wordName } from '../words-text.js';

/** Parameters that several calls take. The message of a refusal is the form that the value should have had. */

/** A campaign's number in `/v1`. */
export const campaignNumber = described(
  z
    .string()
    .regex(/^\d{1,10}$/, `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`)
    .transform(Number)
    .refine(
      (id) => id >= 1 && id <= FIELD_LIMITS.campaign_id_max,
      `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`,
    ),
  { en: 'The number of a campaign.', es: 'El número de una campaña.' },
  '1001',
);

/** Own words that an import or an upload declares. */
export const ownWordsParameter = described(
  z
    .string()
    .transform((text, ctx): readonly OwnWord[] => {
      const words = parseWords(text);
      const fault = typeof words === 'string' ? words : faultOf(words);
      if (typeof words !== 'string' && fault === undefined) return words;
      ctx.addIssue({ code: 'custom', message: fault ?? '' });
      return z.NEVER;
    })
    .optional(),
  {
    en: 'Own result words of the dialer and the machine code that each means, separated by commas; `WORD@TRUNK` applies to one trunk only. They take precedence over the words of the operation, and are saved with the operation for later imports and uploads.',
    es: 'Palabras de resultado propias del marcador y el código de máquina de cada una, separadas por comas; `PALABRA@TRONCAL` vale solo para una troncal. Tienen prioridad sobre las palabras de la operación, y se guardan con ella para las importaciones y cargas siguientes.',
  },
  'BUZON=answer_machine,NOCON=no_answer',
);

function faultOf(words: readonly OwnWord[]): string | undefined {
  if (words.length > OWN_WORDS_MAX) return `${OWN_WORDS_MAX} words at most`;
  const twice = contradicted(words);
  return twice && `${wordName(twice)} is declared twice, with different results`;
}

/** `/v1/campaigns/{id}`. */
export const campaignPathParameters = z.object({ id: campaignNumber });
