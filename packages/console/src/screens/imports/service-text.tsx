import { Foreign } from '../../parts/foreign.js';

/** What the service says of a file, with parts of the file in it: in English alone, which a screen reader has to know. */
export function ServiceText({ text }: { readonly text: string }) {
  return (
    <span lang="en">
      <Foreign text={text} />
    </span>
  );
}
