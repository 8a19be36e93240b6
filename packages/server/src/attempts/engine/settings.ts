import type { EngineSettings } from './engine.js';

/**
 * Settings of every statement. They are sent with each one, whole: a session of the embedded engine keeps what it
 * was last told, so a setting left out would be whatever the previous query on that session wanted.
 */
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

/** What a stream is told besides: it comes in chunks of so many rows, of some 300 bytes each, and one of them is in memory. */
export const STREAM_SETTINGS: EngineSettings = { max_block_size: 8_192 };

/**
 * Months that one insert may fill. Each is a part of its own in every order, so an upload over a hundred years would hold a
 * session for as long as a thousand uploads do; it goes in several inserts (`slices.ts`).
 */
export const MONTHS_AN_INSERT = 64;

/**
 * Bytes of a statement. A list of telephones is a value of up to 480 KiB, which escaping may double twice, or of a MiB; the
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
  // A row that an earlier version left in the journal ends behind the last column that it tells.
  input_format_tsv_allow_variable_number_of_columns: 1,
  // A third of an insert's time. What is twice in one block is there twice until a merge, and once for every read.
  optimize_on_insert: 0,
  max_execution_time: 120,
};

/** Of a statement that changes rows; they stand in it. */
export const CHANGE_SETTINGS: EngineSettings = {
  // It is done when it is done, on every replica.
  lightweight_deletes_sync: 2,
  optimize_on_insert: 0,
  optimize_aggregation_in_order: 0,
  // A delete visits every part of its month.
  max_execution_time: 3_600,
  // Ten times what it takes; a start goes on with what a stop interrupted, so it may never be what ends a small machine.
  max_memory_usage: 1024 ** 3,
};

/** What an insert is told besides whose rows are handed to a server. */
export const HANDED_SETTINGS: EngineSettings = {
  // As of a file: the rows stay in their order and become one block.
  max_threads: 2,
  max_insert_threads: 1,
  parallel_view_processing: 1,
};

/** What a statement that reads a file is told besides. */
export const FILE_SETTINGS: EngineSettings = {
  // One thread reads, and no other takes blocks from it, so that the rows stay in their order and become one block; the
  // orders of what holds are written side by side.
  max_threads: 2,
  max_insert_threads: 1,
  parallelize_output_from_storages: 0,
  parallel_view_processing: 1,
  // Directories of its path are no columns.
  use_hive_partitioning: 0,
};

/** Of a statement that looks in which partitions the rows of a file lie. */
export const PARTITIONS_SETTINGS: EngineSettings = {
  // A row may have 60 KB, and is read whole: some megabytes at once, however large the file is.
  max_block_size: 256,
  max_execution_time: 120, // as an insert
};
