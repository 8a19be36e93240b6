import type { Text } from './language.js';

/** A report's columns, as documented: name, and what it says. Docs and table headings are made from this. */
export interface ReportColumn {
  readonly name: string;
  readonly description: Text;
}

export interface ReportDescription {
  /** Unique; absent, it is `api`, which calls of several paths may share. */
  readonly id?: string;
  /** The value of the parameter `api`. */
  readonly api: string;
  readonly title: Text;
  /** What it says, in a sentence or two. */
  readonly description: Text;
  /** What one has of it. */
  readonly benefit: Text;
  readonly columns: readonly ReportColumn[];
  /** Without `campaign_id` it is of the whole operation: the vendor documents no such parameter for it. */
  readonly is_of_all?: true;
}
