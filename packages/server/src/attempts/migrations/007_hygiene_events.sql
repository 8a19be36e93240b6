-- What acts of list hygiene did to telephones: a row for each act and telephone. Rows are only added. The accounts say which acts
-- count (docs/decisions/0043): the rows of an act that was not finished, or was dropped, are passed over by every read.
--
-- The key makes a row that is inserted twice one row. In this order a dialer follows the changes.
CREATE TABLE IF NOT EXISTS hygiene_events
(
    operation_id UInt32,
    act          UInt32,
    telephone    String,
    action       Enum8('quarantine' = 1, 'restore' = 2, 'retest' = 3),
    -- Whether it changed how the telephone stands. It does not where a hold was removed, or added, below one that lasts longer.
    changed      UInt8,
    at           DateTime('UTC'),
    -- Until when the telephone is put aside after this, in seconds since 1970: 0 is not at all, and the highest number is until
    -- somebody restores it.
    until        UInt32,
    -- Everything that holds the telephone after this: the act that put it aside, until when, and whether that time ends it by itself
    -- (`add_dnc`) or only makes it due for a re-test. So the last row of a telephone says how it stands.
    holds        Array(Tuple(act UInt32, until UInt32, ends UInt8)),
    -- JSON: what was known about the telephone, where the act says so.
    evidence     String
)
ENGINE = ReplacingMergeTree
ORDER BY (operation_id, act, telephone)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 60,
    auto_statistics_types = '';

-- By telephone: how one stands, and what happened to it. The engine fills it from every insert into `hygiene_events`. A kill
-- between the two tables leaves an act that is not finished, so nobody sees the difference. Lists look up scattered keys, so
-- granules are small.
CREATE TABLE IF NOT EXISTS hygiene_events_by_telephone AS hygiene_events
ENGINE = ReplacingMergeTree
ORDER BY (operation_id, telephone, act)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1, min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 60,
    auto_statistics_types = '';

CREATE MATERIALIZED VIEW IF NOT EXISTS hygiene_events_to_telephones TO hygiene_events_by_telephone AS
SELECT operation_id, act, telephone, action, changed, at, until, holds, evidence FROM hygiene_events;

-- What `add_dnc` brought before there were acts is act 0 of its operation. Nothing is written to `do_not_call` any more.
INSERT INTO hygiene_events (operation_id, act, telephone, action, changed, at, until, holds, evidence)
SELECT operation_id, 0, telephone, 'quarantine', 1, added_at, toUInt32(until), [(0, toUInt32(until), 1)], ''
FROM do_not_call FINAL;
