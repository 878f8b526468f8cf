-- The vendor has the order: keep its handle and poll from now on.
-- ARGV: id, fence, handle JSON, poll_after_ms. From submitting (the worker) or unknown (whoever found it).
-- Returns JSON {kept: 1 (now) | 2 (this very handle is kept already) | 0 (the operation went on without the caller),
--   ready: [[id, queue]]}.
local r = row(ARGV[1])
local kept = 0
local ready = {}
if r and r.handle == ARGV[3] and is_open(r.phase) then
  kept = 2
elseif r and r.fence == ARGV[2] and (r.phase == 'submitting' or r.phase == 'unknown') then
  local t, handle = now_ms(), cjson.decode(ARGV[3])
  kept = 1
  set(r.id, 'phase', 'submitted', 'handle', ARGV[3], 'lease_until_ms', 0, 'accepted_ms', t, 'parked', 0, 'doubtful', 0)
  redis.call('HSET', P .. 'jobs:' .. handle.provider, handle.native_id, r.id)
  redis.call('ZADD', OPEN, '+inf', r.id)
  redis.call('ZADD', POLLS, asked_to_stop(r) and t or t + tonumber(ARGV[4]), r.id)
  no_doubt(r)
  leave_line(r)
  emit_op(r, 'operation.accepted', 'kind', r.kind, 'model', r.model)
  picks(r.queue, ready)
elseif r and r.handle ~= ARGV[3] then
  -- The vendor made it although the ledger went on without this worker: it may be charged as well.
  redis.call('XADD', P .. r.tenant .. ':doubles', '*', 'operation_id', r.id, 'model', r.model, 'handle', ARGV[3])
  emit_op(r, 'operation.double', 'kind', r.kind, 'model', r.model, 'handle', ARGV[3])
end
return cjson.encode({ kept = kept, ready = ready })
