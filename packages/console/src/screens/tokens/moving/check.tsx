import type { ReactNode } from 'react';
import { useSay } from '../../../language/language.js';
import type { Standing } from './verdict.js';

const WORDS = {
  right: { en: 'Right', es: 'En orden' },
  todo: { en: 'To do', es: 'Por hacer' },
  open: { en: 'Not known yet', es: 'Por comprobar' },
} as const;

const MARKS: Readonly<Record<Standing, string>> = { right: '✓', todo: '!', open: '○' };

interface CheckProps {
  readonly title: string;
  readonly standing: Standing;
  /** What was found, and what to do about it. */
  readonly found: ReactNode;
  /** What the program's people are asked. */
  readonly children?: ReactNode;
}

/** One thing of the check-list: how it stands, in a word, and what to do. */
export function Check({ title, standing, found, children }: CheckProps) {
  const say = useSay();
  return (
    <li className={`tokens-check ${standing}`}>
      <p className="tokens-standing">
        <span aria-hidden="true">{MARKS[standing]}</span> {say(WORDS[standing])}
      </p>
      <div>
        <h3>{title}</h3>
        {children}
        <p>{found}</p>
      </div>
    </li>
  );
}
