/** A sentence in which what stands between backticks is code. The sentences are ours. */
export function WithCode({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence stay in their order
    index % 2 === 1 ? <code key={index}>{part}</code> : part,
  );
}
