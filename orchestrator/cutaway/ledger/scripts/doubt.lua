-- Nobody can say whether the vendor took the order: keep the hold, look for it later, never send it again by itself.
-- ARGV: id, fence, error JSON, look_after_ms. Returns 1, or 0 when the operation went on without the caller.
local r = row(ARGV[1])
if not r or r.fence ~= ARGV[2] or r.phase ~= 'submitting' then return 0 end
local t = now_ms()
set(r.id, 'phase', 'unknown', 'error', ARGV[3], 'lease_until_ms', 0, 'doubt_ms', t)
redis.call('ZADD', OPEN, '+inf', r.id)
redis.call('ZADD', P .. 'polls', t + tonumber(ARGV[4]), r.id)
emit_op(r, 'operation.unknown', 'kind', r.kind, 'model', r.model, 'error', ARGV[3])
return 1
