import type { EngineSettings } from './engine.js';

/** Settings of every read. */
export const READ_SETTINGS: EngineSettings = {
  // Counts become strings without a function call a cell: `data` has only strings.
  output_format_json_quote_64bit_integers: 1,
  output_format_json_escape_forward_slashes: 0,
  // An identity holds its time, so it never spans monthly partitions.
  do_not_merge_across_partitions_select_final: 1,
  // A filter on a column outside the key must see the rows that FINAL leaves, never replaced ones.
  optimize_move_to_prewhere_if_final: 0,
  optimize_aggregation_in_order: 0,
  max_final_threads: 0, // as many as max_threads
  max_block_size: 65_409, // the engine's own default
};

/** More settings of a stream. Its chunks have so many rows of some 300 bytes each, and one chunk is in memory at a time. */
export const STREAM_SETTINGS: EngineSettings = { max_block_size: 8_192 };

/**
 * Months that one insert may fill. Each month is a part of its own in every order, so an upload over a hundred years would hold a
 * session for as long as a thousand uploads do. Such an upload is split into several inserts (`slices.ts`).
 */
export const MONTHS_AN_INSERT = 64;

/**
 * Largest statement, in bytes. A list of telephones is a value of up to 480 KiB, which escaping may double twice, or of a MiB. The
 * engine's own limit is 256 KiB.
 */
export const MAX_QUERY_SIZE = 2 * 1024 ** 2;

export const INSERT_SETTINGS: EngineSettings = {
  // One block, one part a month: the parser must not cut the rows into several.
  input_format_parallel_parsing: 0,
  max_insert_block_size: 1_000_000,
  min_insert_block_size_rows: 1_000_000,
  min_insert_block_size_bytes: 512 * 1024 ** 2,
  max_partitions_per_insert_block: MONTHS_AN_INSERT,
  throw_on_max_partitions_per_insert_block: 1,
  input_format_skip_unknown_fields: 0,
  // A row that an earlier version left in the journal ends after its last column that has a value.
  input_format_tsv_allow_variable_number_of_columns: 1,
  // It would take a third of an insert's time. Without it a row that comes twice in a block is there twice until a merge, but every
  // read sees it once.
  optimize_on_insert: 0,
  max_execution_time: 120,
};

/** Settings of a statement that changes rows. They are written into its SQL. */
export const CHANGE_SETTINGS: EngineSettings = {
  // The statement ends only when every replica has the change.
  lightweight_deletes_sync: 2,
  optimize_on_insert: 0,
  optimize_aggregation_in_order: 0,
  // A delete visits every part of its month.
  max_execution_time: 3_600,
  // Ten times what a change takes. A start repeats a change that a stop interrupted, so it must never exhaust a small machine.
  max_memory_usage: 1024 ** 3,
  // A statement that adds what it selects goes on with the disk before that.
  max_bytes_before_external_group_by: 256 * 1024 ** 2,
  max_bytes_before_external_sort: 256 * 1024 ** 2,
};

/** More settings of an insert whose rows are sent to a server. */
export const HANDED_SETTINGS: EngineSettings = {
  // As for a file: the rows stay in their order and become one block.
  max_threads: 2,
  max_insert_threads: 1,
  parallel_view_processing: 1,
};

/** More settings of a statement that reads a file. */
export const FILE_SETTINGS: EngineSettings = {
  // One thread reads, and no other takes blocks from it, so that the rows stay in their order and become one block. The three orders
  // are written in parallel.
  max_threads: 2,
  max_insert_threads: 1,
  parallelize_output_from_storages: 0,
  parallel_view_processing: 1,
  // Otherwise directories of the path could be taken for columns.
  use_hive_partitioning: 0,
};

/** Settings of a statement that finds the partitions of rows in a file. */
export const PARTITIONS_SETTINGS: EngineSettings = {
  // A row may have 60 KB, and is read whole: with these blocks that is some megabytes at once, however large the file.
  max_block_size: 256,
  max_execution_time: 120, // as an insert
};
