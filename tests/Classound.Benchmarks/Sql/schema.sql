-- The opponent: one authorisation as one transaction, as a good DBA would write it. Numbers are integers of their digits, ids of PBXs are
-- integers, and the price list is flattened to ranges that do not overlap, so that the longest prefix is one descent of an index.

CREATE TABLE pbx (
  id int PRIMARY KEY,
  active boolean NOT NULL DEFAULT true,
  max_concurrent_calls int NOT NULL DEFAULT 0,
  running_calls int NOT NULL DEFAULT 0,
  allowance_seconds bigint NOT NULL,
  used_seconds bigint NOT NULL DEFAULT 0,
  held_seconds bigint NOT NULL DEFAULT 0,
  last_hold_seconds int NOT NULL DEFAULT 0, -- of the newest call: RETURNING knows new values only
  month_cap_nanos bigint NOT NULL DEFAULT 0,
  settled_nanos bigint NOT NULL DEFAULT 0,
  held_nanos bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 25); -- every authorisation changes a row and no index: new versions find room on the same page

CREATE TABLE did (
  number bigint NOT NULL,
  pbx_id int NOT NULL REFERENCES pbx
);

CREATE TABLE price_range (
  first_number bigint NOT NULL, -- of 15 digits
  prefix bigint NOT NULL,
  area smallint NOT NULL,
  price_nanos bigint NOT NULL,  -- per 60 s
  increment_seconds int NOT NULL
);

CREATE TABLE active_call (
  pbx_id int NOT NULL,
  call_id text NOT NULL,
  caller bigint NOT NULL,
  called bigint NOT NULL,
  prefix bigint NOT NULL,
  area smallint NOT NULL,
  price_nanos bigint NOT NULL,
  increment_seconds int NOT NULL,
  authorised_at timestamptz NOT NULL,
  lease_ends_at timestamptz NOT NULL,
  granted_seconds int NOT NULL,
  held_seconds int NOT NULL,
  held_nanos bigint NOT NULL,
  PRIMARY KEY (pbx_id, call_id)
);

-- Refused: a row whose denial is set and whose grant is not. A repeat fails on the key of active_call, whole, and its edge looks the call
-- up: to look first would cost every call that is no repeat.
CREATE FUNCTION authorize_call(
  p_pbx int, p_call text, p_caller bigint, p_called bigint,
  OUT denial text, OUT granted_seconds int, OUT held_seconds int, OUT prefix bigint, OUT area smallint, OUT price_nanos bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  slice CONSTANT int := 600;
  price record;
BEGIN
  PERFORM 1 FROM did WHERE number = p_caller AND pbx_id = p_pbx;
  IF NOT FOUND THEN denial := 'CALLER_ID_NOT_OWNED'; RETURN; END IF;

  SELECT r.prefix, r.area, r.price_nanos, r.increment_seconds INTO price
  FROM price_range r WHERE first_number <= p_called ORDER BY first_number DESC LIMIT 1;
  IF price.prefix IS NULL OR price.prefix = 0 THEN denial := 'NO_PRICE'; RETURN; END IF;

  -- The hold: minutes first, then money. The row stays locked until the commit, so that no two calls get the same minutes.
  UPDATE pbx SET
    running_calls = running_calls + 1,
    last_hold_seconds = CASE WHEN price.area = 1
      THEN least(slice, greatest(0, allowance_seconds - used_seconds - pbx.held_seconds)) ELSE 0 END,
    held_seconds = pbx.held_seconds + CASE WHEN price.area = 1
      THEN least(slice, greatest(0, allowance_seconds - used_seconds - pbx.held_seconds)) ELSE 0 END,
    held_nanos = pbx.held_nanos + CASE WHEN price.area = 1
      THEN (slice - least(slice, greatest(0, allowance_seconds - used_seconds - pbx.held_seconds))) * price.price_nanos / 60
      ELSE slice * price.price_nanos / 60 END
  WHERE id = p_pbx AND active
    AND (max_concurrent_calls = 0 OR running_calls < max_concurrent_calls)
    AND (month_cap_nanos = 0 OR settled_nanos + pbx.held_nanos + slice * price.price_nanos / 60 <= month_cap_nanos)
  RETURNING last_hold_seconds INTO held_seconds;
  IF NOT FOUND THEN denial := 'LIMIT'; RETURN; END IF;

  INSERT INTO active_call VALUES (
    p_pbx, p_call, p_caller, p_called, price.prefix, price.area, price.price_nanos, price.increment_seconds, now(), now() + interval '180 s',
    slice, held_seconds, (slice - held_seconds) * price.price_nanos / 60);
  granted_seconds := slice; prefix := price.prefix; area := price.area; price_nanos := price.price_nanos;
END $$;
