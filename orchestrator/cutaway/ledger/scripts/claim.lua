-- Takes an operation for one worker. ARGV: id, owner, lease_ms, max_attempts.
-- Returns JSON {claimed: row} or {refused: why, phase: ...}.
local id, owner, lease_ms, max_attempts = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local r = row(id)
if not r then return cjson.encode({ refused = 'missing' }) end
if tonumber(r.schema) > 1 then return cjson.encode({ refused = 'schema', phase = r.phase }) end
local t = now_ms()
local orphan = r.phase == 'submitted' and tonumber(r.lease_until_ms) < t
if r.phase ~= 'ready' and not orphan then return cjson.encode({ refused = 'not_ready', phase = r.phase }) end
if tonumber(r.attempts) >= max_attempts then return cjson.encode({ refused = 'worn_out', phase = r.phase, fence = r.fence }) end
r.fence = redis.call('HINCRBY', op_key(id), 'fence', 1)
r.attempts = redis.call('HINCRBY', op_key(id), 'attempts', 1)
r.phase = 'submitted'
set(id, 'phase', 'submitted', 'owner', owner, 'lease_until_ms', t + lease_ms, 'progress', 0)
redis.call('ZADD', OPEN, t + lease_ms, id)
emit_op(r, 'operation.started', 'kind', r.kind, 'model', r.model, 'attempt', r.attempts)
return cjson.encode({ claimed = r })
