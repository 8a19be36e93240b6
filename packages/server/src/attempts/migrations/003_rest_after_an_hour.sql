-- A month in which nothing was written for an hour becomes one part: so it is every night, when nobody dials, and not
-- only after its end. A report of a month in one part takes about half the time of one in ten.
ALTER TABLE attempts MODIFY SETTING min_age_to_force_merge_seconds = 3600;
ALTER TABLE attempts_by_telephone MODIFY SETTING min_age_to_force_merge_seconds = 3600;
