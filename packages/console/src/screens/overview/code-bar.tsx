import { MACHINE_CODES, MACHINE_RECOGNITIONS, type MachineCode } from '@recuento/contract';
import { codeColour } from '../../charts/codes.js';
import type { Counts } from './counts.js';

/** What people took comes first, so that bars under each other compare it; then machines; then the rest. */
const ORDER: readonly MachineCode[] = [
  'answer',
  ...MACHINE_RECOGNITIONS,
  ...MACHINE_CODES.filter((code) => code !== 'answer' && !MACHINE_RECOGNITIONS.includes(code)),
];

/** How attempts ended, as parts of a bar. The numbers beside it say the same. */
export function CodeBar({ counts }: { readonly counts: Counts }) {
  let x = 0;
  return (
    <svg className="overview-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      {ORDER.map((code) => {
        const width = counts.total === 0 ? 0 : (counts[code] / counts.total) * 100;
        const from = x;
        x += width;
        return <rect key={code} x={from} width={width} height="6" fill={codeColour(code)} />;
      })}
    </svg>
  );
}
