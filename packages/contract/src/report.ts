/** A report's columns, as documented: name, and what it says. Docs and table headings are made from this. */
export interface ReportColumn {
  readonly name: string;
  readonly description: { readonly en: string; readonly es: string };
}

export interface ReportDescription {
  /** The value of the parameter `api`. */
  readonly api: string;
  readonly title: { readonly en: string; readonly es: string };
  readonly columns: readonly ReportColumn[];
}
