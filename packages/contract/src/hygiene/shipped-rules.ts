import type { Text } from '../language.js';
import type { Rule } from './rule.js';

/** A rule that every operation has, and nobody can change or delete. */
export interface ShippedRule {
  readonly id: string;
  readonly name: Text;
  /** What it is for. */
  readonly purpose: Text;
  readonly rule: Omit<Rule, 'name'>;
}

/**
 * Numbers come back: after a suspension, or to somebody new. Where that is common the probability shows it, and these rules take
 * fewer numbers; where it is not, hardly any number that is called invalid has a higher one (docs/decisions/0048).
 */
const HARDLY_ANY = { kind: 'probability', below: 0.025 } as const;
const NEXT_TO_NONE = { kind: 'probability', below: 0.01 } as const;

const PERSON_SPOKE = ['answer', 'recall', 'do_not_call'] as const;

/** Rules about what a list is worth, from the most careful to the boldest. */
const OF_WORTH: readonly ShippedRule[] = [
  {
    id: 'careful',
    name: { en: 'Careful', es: 'Prudente' },
    purpose: {
      en: 'Puts aside only numbers that are shown to be invalid, that were silent for a month, and whose next dial reaches a person less than once in a hundred times. For lists in which losing one person costs more than many dials.',
      es: 'Aparta solo números que se muestran inválidos, que llevan un mes en silencio y cuya próxima marcación llega a una persona menos de una vez en cien. Para listas en las que perder a una persona cuesta más que muchas marcaciones.',
    },
    rule: {
      campaign_id: 'all',
      conditions: [{ kind: 'verdict', in: ['invalid'] }, NEXT_TO_NONE, { kind: 'silent', days: 30 }],
      quarantine_days: 180,
    },
  },
  {
    id: 'balanced',
    name: { en: 'Balanced', es: 'Equilibrada' },
    purpose: {
      en: 'Puts aside numbers that are shown to be invalid, and whose next dial reaches a person less than once in forty times. The rule to begin with.',
      es: 'Aparta los números que se muestran inválidos y cuya próxima marcación llega a una persona menos de una vez en cuarenta. La regla con la que conviene empezar.',
    },
    rule: {
      campaign_id: 'all',
      conditions: [{ kind: 'verdict', in: ['invalid'] }, HARDLY_ANY],
      quarantine_days: 90,
    },
  },
  {
    id: 'bold',
    name: { en: 'Bold', es: 'Audaz' },
    purpose: {
      en: 'Puts aside for a month whatever was dialed eight times or more within two months and hardly ever reaches a person, whether or not its line lives. For lists that are longer than can be dialed; run the backtest first.',
      es: 'Aparta por un mes todo lo que se marcó ocho veces o más en dos meses y casi nunca llega a una persona, viva o no la línea. Para listas más largas de lo que se alcanza a marcar; antes, haga la prueba retrospectiva.',
    },
    rule: {
      campaign_id: 'all',
      conditions: [
        { kind: 'probability', below: 0.03 },
        { kind: 'dialed', at_least: 8, within_days: 60, faults: 'exclude' },
      ],
      quarantine_days: 30,
    },
  },
];

/** Limits that laws set. They count every dial, also those that the law would let pass. They are no legal advice. */
const OF_LAW: readonly ShippedRule[] = [
  {
    id: 'seven-a-week',
    name: { en: 'Seven dials a week', es: 'Siete marcaciones por semana' },
    purpose: {
      en: 'Puts aside for a week telephones that were dialed seven times in seven days. Debt collectors in the USA have this limit for each debt (12 CFR 1006.14(b)(2)(i)(A)); here every dial counts.',
      es: 'Aparta por una semana los teléfonos que se marcaron siete veces en siete días. Los cobradores en EE. UU. tienen este límite por cada deuda (12 CFR 1006.14(b)(2)(i)(A)); aquí cuenta toda marcación.',
    },
    rule: {
      campaign_id: 'all',
      conditions: [{ kind: 'dialed', at_least: 7, within_days: 7 }],
      quarantine_days: 7,
    },
  },
  {
    id: 'week-after-conversation',
    name: { en: 'A week after a conversation', es: 'Una semana después de una conversación' },
    purpose: {
      en: 'Puts aside for a week telephones on which a person was spoken to in the last seven days (12 CFR 1006.14(b)(2)(i)(B), debt collectors in the USA).',
      es: 'Aparta por una semana los teléfonos en los que se habló con una persona en los últimos siete días (12 CFR 1006.14(b)(2)(i)(B), cobradores en EE. UU.).',
    },
    rule: {
      campaign_id: 'all',
      conditions: [{ kind: 'count', codes: [...PERSON_SPOKE], at_least: 1, within_days: 7 }],
      quarantine_days: 7,
    },
  },
  {
    id: 'one-contact-a-day',
    name: { en: 'One contact a day', es: 'Un contacto por día' },
    purpose: {
      en: 'Puts aside for a day telephones on which a person was spoken to in the last 24 hours: Law 2300 of 2023 of Colombia allows one contact a day.',
      es: 'Aparta por un día los teléfonos en los que se habló con una persona en las últimas 24 horas: la Ley 2300 de 2023 de Colombia permite un contacto por día.',
    },
    rule: {
      campaign_id: 'all',
      conditions: [{ kind: 'count', codes: [...PERSON_SPOKE], at_least: 1, within_days: 1 }],
      quarantine_days: 1,
    },
  },
  {
    id: 'three-days-after-abandon',
    name: { en: 'Three days after an abandoned call', es: 'Tres días después de una llamada abandonada' },
    purpose: {
      en: 'Puts aside for 72 hours telephones whose call was abandoned in the last 72 hours: in the United Kingdom such a person may be dialed again only by an agent who is there (Ofcom).',
      es: 'Aparta por 72 horas los teléfonos cuya llamada se abandonó en las últimas 72 horas: en el Reino Unido a esa persona solo puede volver a marcarle un agente presente (Ofcom).',
    },
    rule: {
      campaign_id: 'all',
      conditions: [{ kind: 'count', codes: ['abandon'], at_least: 1, within_days: 3 }],
      quarantine_days: 3,
    },
  },
];

export const SHIPPED_RULES: readonly ShippedRule[] = [...OF_WORTH, ...OF_LAW];
