import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { LANGUAGES, type Language, type Text } from './languages.js';

interface Speaking {
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const KEPT = 'recuento-language';
const Speaker = createContext<Speaking>({ language: 'en', speak: () => undefined });

/** The reader's language: the one chosen before, else the browser's, else English. */
export function LanguageOf({ children }: { readonly children: ReactNode }) {
  const [language, speak] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(KEPT, language);
  }, [language]);
  const speaking = useMemo(() => ({ language, speak }), [language]);
  return <Speaker value={speaking}>{children}</Speaker>;
}

export function useLanguage(): Speaking {
  return useContext(Speaker);
}

/** Says a text in the reader's language. */
export function useSay(): (text: Text) => string {
  const { language } = useLanguage();
  return (text) => text[language];
}

function firstLanguage(): Language {
  const wished = [localStorage.getItem(KEPT) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2));
  return wished.flatMap((tag) => LANGUAGES.filter((language) => language === tag))[0] ?? 'en';
}
