import type { Condition, Text } from '@recuento/contract';

/** What each kind of condition looks at. */
export const KIND_WORDS: Readonly<Record<Condition['kind'], Text>> = {
  verdict: { en: 'its verdict', es: 'su veredicto' },
  probability: { en: 'its chance of a person', es: 'su probabilidad de persona' },
  dialed: { en: 'how often it was dialed', es: 'cuántas veces se marcó' },
  silent: { en: 'how long it has been silent', es: 'cuánto lleva en silencio' },
  count: { en: 'how often attempts ended in a way', es: 'cuántos intentos terminaron de cierta forma' },
  streak: { en: 'how its last attempts ended', es: 'cómo terminaron sus últimos intentos' },
};
