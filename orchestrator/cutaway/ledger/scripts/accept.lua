-- The vendor has the order: keep its handle and poll from now on.
-- ARGV: id, fence, handle JSON, poll_after_ms. From submitting (the worker) or unknown (a reconciler that found it).
-- Returns 1; 2 when this very handle is already kept; 0 when the operation went on without the caller.
local r = row(ARGV[1])
if not r then return 0 end
if r.handle == ARGV[3] and is_open(r.phase) then return 2 end
if r.fence ~= ARGV[2] or (r.phase ~= 'submitting' and r.phase ~= 'unknown') then return 0 end
local t = now_ms()
set(r.id, 'phase', 'submitted', 'handle', ARGV[3], 'lease_until_ms', 0, 'accepted_ms', t)
redis.call('ZADD', OPEN, '+inf', r.id)
redis.call('ZADD', P .. 'polls', t + tonumber(ARGV[4]), r.id)
emit_op(r, 'operation.accepted', 'kind', r.kind, 'model', r.model)
return 1
