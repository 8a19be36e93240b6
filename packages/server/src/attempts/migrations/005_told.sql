-- What each source told of an attempt: a row for each attempt and import. Rows of uploads and hooks have import 0, and of
-- those the last is kept. So a row that an import outranks is still there, and holds again when that import is taken back
-- (docs/decisions/0024).
--
-- Partitions are months because windows are at most 31 days: a report reads two months at most, however many years are
-- kept, and a month at rest merges into one part, where FINAL costs nothing. An identity has its time in it, so it never
-- spans partitions.
CREATE TABLE IF NOT EXISTS told
(
    operation_id     UInt32,
    campaign_id      UInt32,
    telephone        String,
    dialed_at        DateTime('UTC') CODEC(Delta, LZ4),
    -- Stands for attempt_id in the key: eight bytes to compare in place of up to 512.
    attempt_hash     UInt64 DEFAULT sipHash64(attempt_id),
    import           UInt32,
    result           Enum8('no_answer' = 1, 'answer_machine' = 2, 'busy' = 3, 'congestion' = 4, 'failed' = 5,
                           'answer' = 6, 'abandon' = 7, 'recall' = 8, 'do_not_call' = 9, 'unknown' = 10),
    trunk            LowCardinality(String),
    sip              Nullable(UInt16),
    cause            Nullable(UInt8),
    amd              Enum8('' = 0, 'machine' = 1, 'human' = 2, 'not_sure' = 3, 'hangup' = 4),
    evidence         Enum8('' = 0, 'line_lives' = 1, 'number_invalid' = 2, 'number_doubtful' = 3, 'trunk_at_fault' = 4),
    -- Of all rows of an attempt the one with the highest version holds. First the number of its delivery: of the upload,
    -- or of the generation that its import belongs to. Then, among the legs of one generation, its rank.
    delivery         UInt64 EPHEMERAL 1000000000000000,
    rank             UInt64 EPHEMERAL 0,
    version          UInt128 DEFAULT bitOr(bitShiftLeft(toUInt128(delivery), 64), toUInt128(rank)),
    attempt_id       String,
    customer_id      String,
    said             LowCardinality(String),
    duration_seconds Nullable(UInt32),
    agent_id         LowCardinality(String),
    record           Map(String, String)
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(dialed_at)
ORDER BY (operation_id, campaign_id, telephone, dialed_at, attempt_hash, import)
-- Rows that a change of the schema inserts are in no journal, so the tables sync them themselves until the store is open
-- (docs/decisions/0025). A month in which nothing was written for an hour becomes one part, which happens every night.
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 60,
    min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

-- The row that holds of each attempt, in the three orders in which reports ask for it, with only the columns that reports and
-- list hygiene read. The engine fills these tables from every insert into `told`. By campaign and telephone:
CREATE TABLE IF NOT EXISTS held_by_campaign
(
    operation_id UInt32,
    campaign_id  UInt32,
    telephone    String,
    dialed_at    DateTime('UTC') CODEC(Delta, LZ4),
    attempt_hash UInt64,
    result       Enum8('no_answer' = 1, 'answer_machine' = 2, 'busy' = 3, 'congestion' = 4, 'failed' = 5,
                       'answer' = 6, 'abandon' = 7, 'recall' = 8, 'do_not_call' = 9, 'unknown' = 10),
    trunk        LowCardinality(String),
    sip          Nullable(UInt16),
    cause        Nullable(UInt8),
    amd          Enum8('' = 0, 'machine' = 1, 'human' = 2, 'not_sure' = 3, 'hangup' = 4),
    evidence     Enum8('' = 0, 'line_lives' = 1, 'number_invalid' = 2, 'number_doubtful' = 3, 'trunk_at_fault' = 4),
    import       UInt32,
    version      UInt128
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(dialed_at)
ORDER BY (operation_id, campaign_id, telephone, dialed_at, attempt_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 60,
    min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

-- By telephone: a report over all campaigns walks it in order and stops at the end of its page, however many there are.
CREATE TABLE IF NOT EXISTS held_by_telephone AS held_by_campaign
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(dialed_at)
ORDER BY (operation_id, telephone, campaign_id, dialed_at, attempt_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 60,
    min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

-- By time: a short window reads what it holds.
CREATE TABLE IF NOT EXISTS held_by_time AS held_by_campaign
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(dialed_at)
ORDER BY (operation_id, dialed_at, campaign_id, telephone, attempt_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 60,
    min_age_to_force_merge_seconds = 3600, min_age_to_force_merge_on_partition_only = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS told_to_campaigns TO held_by_campaign AS
SELECT operation_id, campaign_id, telephone, dialed_at, attempt_hash, result, trunk, sip, cause, amd, evidence, import, version
FROM told;

CREATE MATERIALIZED VIEW IF NOT EXISTS told_to_telephones TO held_by_telephone AS
SELECT operation_id, campaign_id, telephone, dialed_at, attempt_hash, result, trunk, sip, cause, amd, evidence, import, version
FROM told;

CREATE MATERIALIZED VIEW IF NOT EXISTS told_to_times TO held_by_time AS
SELECT operation_id, campaign_id, telephone, dialed_at, attempt_hash, result, trunk, sip, cause, amd, evidence, import, version
FROM told;
