import { REASONS, VERDICTS } from '../hygiene/verdicts.js';
import { MACHINE_RECOGNITIONS } from '../machine-codes.js';
import type { TableColumn } from '../table.js';
import { codeColumn } from './columns.js';

/** `GET /v1/hygiene/verdicts`: a row for each telephone that was dialed at or before the moment. */
export const VERDICTS_COLUMNS: readonly TableColumn[] = [
  {
    name: 'telephone',
    kind: 'text',
    heading: { en: 'Telephone', es: 'Teléfono' },
    description: { en: 'The telephone, as it was dialed.', es: 'El teléfono, tal como se marcó.' },
  },
  {
    name: 'verdict',
    kind: 'text',
    words: VERDICTS,
    heading: { en: 'Verdict', es: 'Veredicto' },
    description: { en: 'What is known of the number.', es: 'Lo que se sabe del número.' },
  },
  {
    name: 'reason_code',
    kind: 'text',
    words: Object.keys(REASONS),
    heading: { en: 'Reason code', es: 'Código del motivo' },
    description: {
      en: 'Why it has this verdict, for programs.',
      es: 'Por qué tiene este veredicto, para programas.',
    },
  },
  {
    name: 'reason',
    kind: 'text',
    heading: { en: 'Reason', es: 'Motivo' },
    description: {
      en: 'Why it has this verdict, as a sentence in the language of `Accept-Language`.',
      es: 'Por qué tiene este veredicto, como frase en el idioma de `Accept-Language`.',
    },
  },
  {
    name: 'probability',
    kind: 'share',
    heading: { en: 'Chance to reach a person', es: 'Probabilidad de contactar a una persona' },
    description: {
      en: 'How likely the next attempt reaches a person, from 0 to 1. Where a campaign is asked about, an attempt of that campaign; otherwise, of the one that dialed the telephone last.',
      es: 'Qué tan probable es que el próximo intento contacte a una persona, de 0 a 1. Si se pregunta por una campaña, un intento de esa campaña; si no, de la que marcó el teléfono por última vez.',
    },
  },
  count(
    'attempts',
    'Attempts',
    'Intentos',
    'All attempts at or before the moment.',
    'Todos los intentos hasta el momento.',
  ),
  count(
    'excluded_attempts',
    'Attempts in faults',
    'Intentos en fallas',
    'Attempts in trunk faults, which are held against no number.',
    'Intentos en fallas de troncales, que no cuentan contra ningún número.',
  ),
  count(
    'days',
    'Days',
    'Días',
    'Days on which it was dialed, by the clock of the operation.',
    'Días en que se marcó, por el reloj de la operación.',
  ),
  count(
    'trunks',
    'Trunks',
    'Troncales',
    'Trunks by which it was dialed, as far as they are told.',
    'Troncales por las que se marcó, si se saben.',
  ),
  ...MACHINE_RECOGNITIONS.map(codeColumn),
  count(
    'people_reached',
    'People reached',
    'Personas contactadas',
    'Attempts that reached a person.',
    'Intentos que contactaron a una persona.',
  ),
  {
    name: 'first_dialed_at',
    kind: 'instant',
    heading: { en: 'First dialed at (UTC)', es: 'Primera marcación (UTC)' },
    description: { en: 'Its first attempt, in UTC.', es: 'Su primer intento, en UTC.' },
  },
  {
    name: 'last_dialed_at',
    kind: 'instant',
    heading: { en: 'Last dialed at (UTC)', es: 'Última marcación (UTC)' },
    description: {
      en: 'Its last attempt at or before the moment, in UTC.',
      es: 'Su último intento hasta el momento, en UTC.',
    },
  },
  {
    name: 'last_alive_at',
    kind: 'instant_or_null',
    heading: { en: 'Last sign of life (UTC)', es: 'Última señal de vida (UTC)' },
    description: {
      en: 'When something last answered, or the line was busy, in UTC; `null` if never.',
      es: 'Cuándo contestó algo por última vez, o estuvo ocupada la línea, en UTC; `null` si nunca.',
    },
  },
  {
    name: 'quarantined_at',
    kind: 'instant_or_null',
    heading: { en: 'Put aside at (UTC)', es: 'Apartado el (UTC)' },
    description: {
      en: 'Since when it is put aside, in UTC, or when that was last changed; `null` if it is not.',
      es: 'Desde cuándo está apartado, en UTC, o cuándo cambió eso por última vez; `null` si no lo está.',
    },
  },
  {
    name: 'quarantined_until',
    kind: 'instant_or_null',
    heading: { en: 'Put aside until (UTC)', es: 'Apartado hasta (UTC)' },
    description: {
      en: 'Until when it is put aside, in UTC; `null` if it is not, or until somebody restores it.',
      es: 'Hasta cuándo está apartado, en UTC; `null` si no lo está, o si lo está hasta que alguien lo devuelva.',
    },
  },
  {
    name: 'line',
    kind: 'text',
    heading: { en: 'Line', es: 'Línea' },
    description: {
      en: 'The line that the telephone is a spelling of, in international form: the verdict and all figures are those of the line. Where the operation declares no `numbering` it is the telephone, as each is a line of its own.',
      es: 'La línea de la que el teléfono es una grafía, en forma internacional: el veredicto y todas las cifras son los de la línea. Si la operación no declara `numbering` es el teléfono, pues cada uno es una línea aparte.',
    },
  },
];

function count(name: string, en: string, es: string, long_en: string, long_es: string): TableColumn {
  return { name, kind: 'count', heading: { en, es }, description: { en: long_en, es: long_es } };
}
