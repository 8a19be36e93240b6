/**
 * A text that came with the data: a telephone, a campaign's name, a file's name. It is shown as it is, and can do nothing to what stands
 * beside it: writing that runs from right to left stays inside (`<bdi>`), and a long text breaks instead of pushing the screen wide.
 */
export function Foreign({ text }: { readonly text: string }) {
  return <bdi className="foreign">{text}</bdi>;
}
