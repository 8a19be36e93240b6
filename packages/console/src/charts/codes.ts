import type { MachineCode } from '@recuento/contract';

/** The colour of a machine code, the same on every screen (style/colours.css). Its words are `CODE_HEADINGS` of the contract. */
export function codeColour(code: MachineCode): string {
  return `var(--code-${code.replaceAll('_', '-')})`;
}
