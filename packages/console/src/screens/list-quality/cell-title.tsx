/** What a cell is about, where a narrow screen shows rows as cards, without headings (list-quality.css). */
export function CellTitle({ title }: { readonly title: string }) {
  return <span className="list-quality-cell-title">{title}</span>;
}
