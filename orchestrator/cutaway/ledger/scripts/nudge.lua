-- Somebody says that a vendor's job moved: look at it now. Nothing else of what they say is believed.
-- ARGV: provider, native id of its job. Returns 1 when an operation is waiting for it.
local id = redis.call('HGET', P .. 'jobs:' .. ARGV[1], ARGV[2])
if not id or not redis.call('ZSCORE', POLLS, id) then return 0 end
redis.call('ZADD', POLLS, 'LT', now_ms(), id)
return 1
