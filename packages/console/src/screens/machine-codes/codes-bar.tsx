import { CODE_HEADINGS, MACHINE_CODES_COLUMNS, type MachineCode } from '@recuento/contract';
import { codeColour } from '../../charts/codes.js';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { type MachineCodesRow, RECOGNITIONS } from './machine-codes-row.js';

const WORDS = {
  legend: { en: 'Colours', es: 'Colores' },
  other: MACHINE_CODES_COLUMNS.find(({ name }) => name === 'other')?.heading ?? { en: 'Other', es: 'Otros' },
} as const;

/** The parts of all attempts of a telephone, in the order in which a bar has them. */
const PARTS = [
  ...RECOGNITIONS.map((code) => ({ title: CODE_HEADINGS[code], count: code, colour: codeColour(code) })),
  { title: CODE_HEADINGS.answer, count: 'answered', colour: codeColour('answer') },
  { title: WORDS.other, count: 'other', colour: codeColour('unknown') },
] as const;

/** How the attempts of a telephone ended, as shares of a bar. */
export function CodesBar({ row }: { readonly row: MachineCodesRow }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const parts = PARTS.filter((part) => row[part.count] > 0);
  const told = parts.map((part) => `${say(part.title)} ${count(row[part.count])}`).join(', ');
  return (
    <div className="codes-bar" role="img" aria-label={told} title={told}>
      {parts.map((part) => (
        <span key={part.count} style={{ flexGrow: row[part.count], background: part.colour }} />
      ))}
    </div>
  );
}

/** What the colours of the bars mean. */
export function CodesLegend() {
  const say = useSay();
  return (
    <ul className="codes-legend" aria-label={say(WORDS.legend)}>
      {PARTS.map(({ title, count, colour }) => (
        <li key={count}>
          <span className="codes-swatch" style={{ background: colour }} />
          {say(title)}
        </li>
      ))}
    </ul>
  );
}

/** A machine code in words, with its colour. */
export function CodeWord({ code }: { readonly code: MachineCode }) {
  const say = useSay();
  return (
    <span className="codes-word">
      <span className="codes-swatch" style={{ background: codeColour(code) }} />
      {say(CODE_HEADINGS[code])}
    </span>
  );
}
