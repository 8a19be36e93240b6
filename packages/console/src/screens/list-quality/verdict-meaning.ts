import type { Text, Verdict } from '@recuento/contract';

/** What a verdict means, for a manager; and what it does not mean, where people read more into it than is there. */
export const VERDICT_MEANING: Readonly<Record<Verdict, Text>> = {
  reaches_people: {
    en: 'A person was reached in the last 180 days. It need not be the same person next time.',
    es: 'Se habló con una persona en los últimos 180 días. La próxima vez puede ser otra.',
  },
  reaches_machines: {
    en: 'A machine answered, and never a person. The line works, so somebody may be there.',
    es: 'Contestó una máquina, y nunca una persona. La línea funciona: puede que haya alguien.',
  },
  rings_out: {
    en: 'It rings or is busy, on several days, and nothing ever answers. The line is alive.',
    es: 'Timbra o está ocupado, en varios días, y nunca contesta nada. La línea está viva.',
  },
  invalid: {
    en: 'The network says that it does not exist, repeatedly and believably. A few of these are people who block you.',
    es: 'La red dice que no existe, varias veces y de forma creíble. Algunos son personas que lo tienen bloqueado.',
  },
  unproven: {
    en: 'Too little is known, or what was said proves nothing. That does not make it a good number.',
    es: 'Se sabe muy poco, o lo que se dijo no prueba nada. Eso no lo hace un buen número.',
  },
  trunk_fault: {
    en: 'Its attempts failed because of a trunk. Nothing is held against the number.',
    es: 'Sus intentos fallaron por culpa de una troncal. Nada cuenta contra el número.',
  },
};

/** The colour of each: that of the machine code that is nearest in meaning (style/colours.css). */
export const VERDICT_COLOURS: Readonly<Record<Verdict, string>> = {
  reaches_people: 'var(--code-answer)',
  reaches_machines: 'var(--code-answer-machine)',
  rings_out: 'var(--code-no-answer)',
  invalid: 'var(--code-failed)',
  unproven: 'var(--code-unknown)',
  trunk_fault: 'var(--code-congestion)',
};
