-- Every dial, once. A later delivery of the same identity (the ORDER BY key) replaces the earlier one: reads say
-- FINAL, so this holds at once and not after some merge.
--
-- Partitions are months because windows are at most 31 days: a report reads two months at most, however many
-- years are kept, and a settled month merges into one part, where FINAL costs nothing. An identity has its time
-- in it, so it never spans partitions.
CREATE TABLE IF NOT EXISTS attempts
(
    operation_id     UInt32,
    campaign_id      UInt32,
    telephone        String,
    dialed_at        DateTime('UTC') CODEC(Delta, LZ4),
    -- Stands for attempt_id in the key: eight bytes to compare in place of up to 512.
    attempt_hash     UInt64 DEFAULT sipHash64(attempt_id),
    result           Enum8('no_answer' = 1, 'answer_machine' = 2, 'busy' = 3, 'congestion' = 4, 'failed' = 5,
                           'answer' = 6, 'abandon' = 7, 'recall' = 8, 'do_not_call' = 9, 'unknown' = 10),
    -- Number of the delivery that brought the row; the highest holds.
    delivery         UInt64,
    attempt_id       String,
    customer_id      String,
    trunk            LowCardinality(String),
    sip              Nullable(UInt16),
    cause            Nullable(UInt8),
    amd              Enum8('' = 0, 'machine' = 1, 'human' = 2, 'not_sure' = 3, 'hangup' = 4),
    duration_seconds Nullable(UInt32),
    agent_id         LowCardinality(String),
    record           Map(LowCardinality(String), String)
)
ENGINE = ReplacingMergeTree(delivery)
PARTITION BY toYYYYMM(dialed_at)
ORDER BY (operation_id, campaign_id, telephone, dialed_at, attempt_hash)
-- The engine embedded in a process does no fsync unless told to; without it an acknowledged attempt could be
-- lost in a power cut.
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
