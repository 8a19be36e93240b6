import { useSay } from '../../../language/language.js';

const WORDS = {
  rule: { en: 'Rule {name}', es: 'Regla {name}' },
  unnamed: { en: 'A rule without a name', es: 'Una regla sin nombre' },
  list: { en: 'A list', es: 'Una lista' },
  add_dnc: { en: 'Do-not-call entries of the dialer', es: 'Entradas «no llamar» del marcador' },
  remove_record: { en: 'Customers removed from a campaign', es: 'Clientes retirados de una campaña' },
} as const;

/** What chose telephones, as `holds`, acts and rows of the quarantine tell it. */
export interface Chosen {
  readonly reason: string;
  readonly rule: Readonly<Record<string, unknown>> | null;
}

/** A rule, a list, or a call of the dialer. The text may be of the data: it is shown as foreign. */
export function useChosenBy(): (chosen: Chosen) => string {
  const say = useSay();
  return ({ reason, rule }) => {
    if (rule)
      return typeof rule.name === 'string' ? say(WORDS.rule, { name: rule.name }) : say(WORDS.unnamed);
    if (reason === 'add_dnc' || reason === 'remove_record') return say(WORDS[reason]);
    return say(WORDS.list);
  };
}

/** Calls of the dialer have no reason but their name. */
export const hasReason = ({ reason }: Chosen): boolean => reason !== 'add_dnc' && reason !== 'remove_record';
