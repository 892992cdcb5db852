-- The calls of a window end.
TRUNCATE active_call;
UPDATE pbx SET running_calls = 0, held_seconds = 0, held_nanos = 0;
VACUUM pbx;
