-- Customers of campaigns, as they were last added: a record of the same customer replaces the earlier one wholly.
-- Reads look up the customers of a page by scattered keys, so granules are small.
CREATE TABLE IF NOT EXISTS customers
(
    operation_id UInt32,
    campaign_id  UInt32,
    customer_id  String,
    -- Rises with every record that is added; the highest holds, and says which of two customers came last.
    delivery     UInt64,
    telephones   Array(String),
    -- All fields that were given, telephones included, by the names of the documented API.
    fields       Map(LowCardinality(String), String)
)
ENGINE = ReplacingMergeTree(delivery)
ORDER BY (operation_id, campaign_id, customer_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1;

-- Which customers of a campaign ever had a telephone. Whether one still has it, `customers` says.
CREATE TABLE IF NOT EXISTS customers_by_telephone
(
    operation_id UInt32,
    campaign_id  UInt32,
    telephone    String,
    customer_id  String,
    delivery     UInt64
)
ENGINE = ReplacingMergeTree(delivery)
ORDER BY (operation_id, campaign_id, telephone, customer_id)
SETTINGS index_granularity = 1024, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS customers_to_telephones TO customers_by_telephone AS
SELECT operation_id, campaign_id, arrayJoin(telephones) AS telephone, customer_id, delivery FROM customers;

-- Telephones that shall not be dialed until a time. Adding one again replaces its time.
CREATE TABLE IF NOT EXISTS do_not_call
(
    operation_id UInt32,
    telephone    String,
    delivery     UInt64,
    added_at     DateTime('UTC'),
    until        DateTime('UTC')
)
ENGINE = ReplacingMergeTree(delivery)
ORDER BY (operation_id, telephone)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
