-- The same attempts in the order of their telephones, with what a report over all campaigns reads and nothing else:
-- such a report walks it in order and stops at the end of its page, however many campaigns there are. The engine fills
-- it from every insert into `attempts`.
CREATE TABLE IF NOT EXISTS attempts_by_telephone
(
    operation_id     UInt32,
    telephone        String,
    campaign_id      UInt32,
    dialed_at        DateTime('UTC') CODEC(Delta, LZ4),
    attempt_hash     UInt64,
    result           Enum8('no_answer' = 1, 'answer_machine' = 2, 'busy' = 3, 'congestion' = 4, 'failed' = 5,
                           'answer' = 6, 'abandon' = 7, 'recall' = 8, 'do_not_call' = 9, 'unknown' = 10),
    delivery         UInt64
)
ENGINE = ReplacingMergeTree(delivery)
PARTITION BY toYYYYMM(dialed_at)
ORDER BY (operation_id, telephone, campaign_id, dialed_at, attempt_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1,
    min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS attempts_to_telephones TO attempts_by_telephone AS
SELECT operation_id, telephone, campaign_id, dialed_at, attempt_hash, result, delivery FROM attempts;

-- The attempts of before the view. Rows that came meanwhile are inserted twice, and count once.
INSERT INTO attempts_by_telephone
SELECT operation_id, telephone, campaign_id, dialed_at, attempt_hash, result, delivery FROM attempts;

-- A month in which nothing was written for a day becomes one part, in which FINAL has nothing to merge.
ALTER TABLE attempts
    MODIFY SETTING min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;
