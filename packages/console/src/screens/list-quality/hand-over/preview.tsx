import { isPagedExport, LEFT_OUT_HEADER } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useLanguage, useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { useWhere } from '../../../where/where.js';
import type { Asked } from './asked.js';
import { PREVIEW_LINES, readPreview } from './read-part.js';
import { WithCode } from './with-code.js';

const WORDS = {
  begins: { en: '{file} begins like this:', es: '{file} empieza así:' },
  whole: { en: '{file} is this:', es: '{file} es esto:' },
  lines: { en: 'The first lines of the file', es: 'Las primeras líneas del archivo' },
  left_out: {
    en: '{count} {count: telephone|telephones} cannot be written in this form and {count: is|are} left out.',
    es: '{count} {count: teléfono|teléfonos} no se {count: puede|pueden} escribir en esta forma y {count: queda|quedan} fuera.',
  },
  left_out_one: {
    en: '1 telephone cannot be written in this form and is left out.',
    es: '1 teléfono no se puede escribir en esta forma y queda fuera.',
  },
  ids_left_out: {
    en: '{count} {count: id|ids} cannot be written in this form and {count: is|are} left out.',
    es: '{count} {count: identificador|identificadores} no se {count: puede|pueden} escribir en esta forma y {count: queda|quedan} fuera.',
  },
  nothing: { en: 'There is nothing to hand over.', es: 'No hay nada que entregar.' },
  put_aside: { en: 'Put telephones aside first', es: 'Primero aparte teléfonos' },
} as const;

/** The first lines of the file, before it is downloaded. */
export function FilePreview({ dialer, query }: Asked) {
  const say = useSay();
  const formats = useOperationFormats();
  const calls = useCalls();
  const { language } = useLanguage();
  const { path, hrefOf } = useWhere();
  const preview = useQuery({
    // Headings are in the reader's language.
    queryKey: [calls.key, 'hand-over', 'preview', query, language],
    queryFn: async ({ signal }) => {
      // Pages may be as small as the preview; other files are let go after some kilobytes.
      const limit = isPagedExport(dialer.format) ? PREVIEW_LINES : undefined;
      const reply = await calls.call('/v1/hygiene/export', { query: { ...query, limit }, signal });
      const left_out = Number(reply.headers.get(LEFT_OUT_HEADER) ?? 0);
      const { lines, is_cut } = await readPreview(reply.body);
      const is_page = reply.headers.has('Link');
      // The list goes on after this page.
      const shown = is_page ? lines.map((line) => line.replace(/\]$/, ',')) : lines;
      return { lines: shown, is_cut: is_cut || is_page, left_out };
    },
  });
  return (
    <Loaded query={preview} height_rem={12}>
      {({ lines, is_cut, left_out }) => (
        <>
          {!is_cut && !lines.some((line) => dialer.entry.test(line)) ? (
            <Empty title={say(WORDS.nothing)}>
              <Link href={hrefOf(path, { tab: 'quarantine' })}>{say(WORDS.put_aside)}</Link>
            </Empty>
          ) : (
            <>
              <p className="quiet">{say(is_cut ? WORDS.begins : WORDS.whole, { file: dialer.file })}</p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by keyboard (WCAG 2.1.1) */}
              <section className="hand-over-preview" tabIndex={0} aria-label={say(WORDS.lines)}>
                <pre>
                  {lines.map((line, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file stay in their order
                    <code key={index}>
                      <Foreign text={line} />
                    </code>
                  ))}
                  {is_cut && <code>…</code>}
                </pre>
              </section>
            </>
          )}
          {left_out > 0 && (
            <p className="hand-over-left-out">
              {leftOutWords(left_out)} {dialer.takes && <WithCode text={say(dialer.takes)} />}
            </p>
          )}
        </>
      )}
    </Loaded>
  );

  function leftOutWords(count: number): string {
    if (dialer.format === 'customer_ids') return say(WORDS.ids_left_out, { count: formats.count(count) });
    return count === 1 ? say(WORDS.left_out_one) : say(WORDS.left_out, { count: formats.count(count) });
  }
}
