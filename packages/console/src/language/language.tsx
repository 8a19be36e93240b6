import { LANGUAGES, type Language, type Text } from '@recuento/contract';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { keep } from '../where/keep.js';

interface Speaking {
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const KEPT = 'recuento-language';
const Speaker = createContext<Speaking>({ language: 'en', speak: () => undefined });

/** The reader's language: the one chosen before, else the browser's, else English. */
export function LanguageOf({ children }: { readonly children: ReactNode }) {
  const [language, speak] = useState<Language>(firstLanguage);
  // Before the first call is made: it asks for replies in this language.
  document.documentElement.lang = language;
  useEffect(() => keep(KEPT, language), [language]);
  const speaking = useMemo(() => ({ language, speak }), [language]);
  return <Speaker value={speaking}>{children}</Speaker>;
}

export function useLanguage(): Speaking {
  return useContext(Speaker);
}

/**
 * Says a text in the reader's language. Each `{name}` in it becomes the value of that name, and each `{name: day|days}` the word for one or
 * that for any other number of it.
 */
export type Say = (text: Text, values?: Readonly<Record<string, string | number>>) => string;

/** Of the words for a number; the second may have a blank of its own. */
const CHOICE = /\{(\w+): ([^|{}]*)\|((?:[^{}]|\{\w+\})*)\}/g;

export function useSay(): Say {
  const { language } = useLanguage();
  return (text, values = {}) => spoken(text[language], values);
}

/** A text with its blanks filled. What fills a blank is not looked at again: it may be anybody's text. */
export function spoken(text: string, values: Readonly<Record<string, string | number>>): string {
  return text
    .replace(CHOICE, (_all, name: string, one: string, other: string) =>
      String(values[name]) === '1' ? one : other,
    )
    .replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

function firstLanguage(): Language {
  const wished = [localStorage.getItem(KEPT) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  return wished.flatMap((tag) => LANGUAGES.filter((language) => language === tag))[0] ?? 'en';
}
