-- A month in which nothing was written for an hour becomes one part: so it is every night, when nobody dials, and not
-- only after its end. FINAL has nothing to merge in one part (docs/decisions/0011).
ALTER TABLE attempts MODIFY SETTING min_age_to_force_merge_seconds = 3600;
ALTER TABLE attempts_by_telephone MODIFY SETTING min_age_to_force_merge_seconds = 3600;
