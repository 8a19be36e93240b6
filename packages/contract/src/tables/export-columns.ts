import { VERDICTS } from '../hygiene/verdicts.js';
import type { TableColumn } from '../table.js';

const TELEPHONE: TableColumn = {
  name: 'telephone',
  kind: 'text',
  heading: { en: 'Telephone', es: 'Teléfono' },
  description: { en: 'The telephone, as it was dialed.', es: 'El teléfono, tal como se marcó.' },
};

const WHEN: readonly TableColumn[] = [
  {
    name: 'since',
    kind: 'instant_or_null',
    heading: { en: 'Put aside since (UTC)', es: 'Apartado desde (UTC)' },
    description: {
      en: 'Since when it is put aside, in UTC; empty if it is not.',
      es: 'Desde cuándo está apartado, en UTC; vacío si no lo está.',
    },
  },
  {
    name: 'until',
    kind: 'instant_or_null',
    heading: { en: 'Put aside until (UTC)', es: 'Apartado hasta (UTC)' },
    description: {
      en: 'Until when it is put aside, in UTC; empty if it is not, or until somebody restores it.',
      es: 'Hasta cuándo está apartado, en UTC; vacío si no lo está, o si lo está hasta que alguien lo devuelva.',
    },
  },
];

/** `GET /v1/hygiene/export?format=csv`: the telephones that are put aside. */
export const PUT_ASIDE_COLUMNS: readonly TableColumn[] = [
  TELEPHONE,
  {
    name: 'reason',
    kind: 'text',
    heading: { en: 'Reason', es: 'Motivo' },
    description: { en: 'Why it was put aside.', es: 'Por qué se apartó.' },
  },
  ...WHEN,
];

/** The same with `verdict`: the telephones that have it. */
export const WITH_VERDICT_COLUMNS: readonly TableColumn[] = [
  TELEPHONE,
  {
    name: 'verdict',
    kind: 'text',
    words: VERDICTS,
    heading: { en: 'Verdict', es: 'Veredicto' },
    description: { en: 'What is known of the number.', es: 'Lo que se sabe del número.' },
  },
  ...WHEN,
];
