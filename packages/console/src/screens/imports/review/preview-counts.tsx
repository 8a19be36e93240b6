import type { ImportPreviewDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { RejectReasons } from '../past/reject-reasons.js';
import { RejectedLines } from '../past/rejected.js';
import { skipReason } from '../words.js';

const WORDS = {
  whole: {
    en: 'The whole file: lines {read} · attempts {attempts} · skipped {skipped} · rejected {rejected}',
    es: 'Todo el archivo: líneas {read} · intentos {attempts} · omitidas {skipped} · rechazadas {rejected}',
  },
  beginning: {
    en: 'Its beginning: lines {read} · attempts {attempts} · skipped {skipped} · rejected {rejected}',
    es: 'Su comienzo: líneas {read} · intentos {attempts} · omitidas {skipped} · rechazadas {rejected}',
  },
  joined: {
    en: '· further legs of a call {joined}',
    es: '· otras piernas de una llamada {joined}',
  },
  skipped: { en: 'Skipped: {reasons}.', es: 'Omitidas: {reasons}.' },
  rejects: { en: 'Look at rejected lines', es: 'Ver líneas rechazadas' },
  extensions: {
    en: 'Most telephones look like extensions (2 to 6 digits). These may not be calls that were dialed out.',
    es: 'La mayoría de los teléfonos parecen extensiones (2 a 6 dígitos). Puede que no sean llamadas marcadas hacia afuera.',
  },
  nothing: {
    en: 'Nothing of these lines would be stored.',
    es: 'De estas líneas no se guardaría nada.',
  },
  none_dialed: {
    en: 'Nothing was taken for a call that was dialed out. If all of it was dialed, say so under “More settings”.',
    es: 'Nada se tomó como llamada marcada hacia afuera. Si todo se marcó, indíquelo en «Más opciones».',
  },
  latin1: {
    en: '{lines} {lines: line is|lines are} not UTF-8 and {lines: is|are} read as Latin-1.',
    es: '{lines} {lines: línea no es|líneas no son} UTF-8 y se {lines: lee|leen} como Latin-1.',
  },
} as const;

/** What becomes of the lines that were looked at. */
export function PreviewCounts({ preview }: { readonly preview: ImportPreviewDocument }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { read, attempts, joined, skipped, rejected, skipped_by_reason, is_whole } = preview;
  const counts = {
    ...{ read: count(read), attempts: count(attempts) },
    ...{ skipped: count(skipped), rejected: count(rejected) },
  };
  const reasons = Object.entries(skipped_by_reason).map(
    ([reason, lines]) => `${say(skipReason(reason)).toLocaleLowerCase()} (${count(lines)})`,
  );
  const left_out = (skipped_by_reason.inbound ?? 0) + (skipped_by_reason.internal ?? 0);
  return (
    <div className="imports-told">
      <p role="status">
        {say(is_whole ? WORDS.whole : WORDS.beginning, counts)}{' '}
        {joined > 0 && say(WORDS.joined, { joined: count(joined) })}
      </p>
      {reasons.length > 0 && <p className="quiet">{say(WORDS.skipped, { reasons: reasons.join(', ') })}</p>}
      {preview.latin1_lines > 0 && (
        <p className="quiet">{say(WORDS.latin1, { lines: count(preview.latin1_lines) })}</p>
      )}
      {preview.mostly_extensions && <p className="imports-warning">{say(WORDS.extensions)}</p>}
      {attempts === 0 && left_out === 0 && <p className="imports-warning">{say(WORDS.nothing)}</p>}
      {attempts === 0 && left_out > 0 && <p className="imports-warning">{say(WORDS.none_dialed)}</p>}
      <RejectReasons reasons={preview.rejected_by_reason} rejected={rejected} />
      {preview.rejects.length > 0 && (
        <details>
          <summary>{say(WORDS.rejects)}</summary>
          <RejectedLines rejects={preview.rejects} />
        </details>
      )}
    </div>
  );
}
