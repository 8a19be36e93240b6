import { HYGIENE_LIMITS, type RuleDocument, SHIPPED_RULES } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';

/** All that an operation can have: they come in one page. */
const RULES_MAX = SHIPPED_RULES.length + HYGIENE_LIMITS.rules_max;

/** The rules that ship, with their words in the reader's language, and those of the operation. */
export function useRules() {
  const calls = useCalls();
  const { language } = useLanguage();
  return useQuery({
    queryKey: [calls.key, 'hygiene', 'rules', language],
    queryFn: ({ signal }) =>
      calls.documentOf<{ readonly rules: readonly RuleDocument[] }>('/v1/hygiene/rules', {
        query: { limit: RULES_MAX },
        signal,
      }),
    select: ({ rules }) => rules,
  });
}
