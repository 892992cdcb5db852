CREATE UNIQUE INDEX ON did (number) INCLUDE (pbx_id);
CREATE UNIQUE INDEX ON price_range (first_number DESC) INCLUDE (prefix, area, price_nanos, increment_seconds);
VACUUM (FREEZE, ANALYZE);
