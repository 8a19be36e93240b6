import type { Text } from './language.js';

/** A column of a report, as documented. The documentation is made from this. */
export interface ReportColumn {
  readonly name: string;
  readonly description: Text;
}

export interface ReportDescription {
  /** Unique; absent: `api` is unique itself. Calls of different paths may share one `api`. */
  readonly id?: string;
  /** The value of the parameter `api`. */
  readonly api: string;
  readonly title: Text;
  /** What the report shows, in a sentence or two. */
  readonly description: Text;
  /** What the report is good for. */
  readonly benefit: Text;
  readonly columns: readonly ReportColumn[];
  /** Without `campaign_id` it covers the whole operation: the vendor documents no such parameter for it. */
  readonly is_of_all?: true;
}
