-- Takes local work, or a rendered remote result that must be fetched. ARGV: id, owner, lease_ms, max_attempts.
-- Returns JSON {claimed: row} or {refused: why, phase: ...}.
local id, owner, lease_ms, max_attempts = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local r = row(id)
if not r then return cjson.encode({ refused = 'missing' }) end
if tonumber(r.schema) > 1 then return cjson.encode({ refused = 'schema', phase = r.phase }) end
local t = now_ms()
local orphan = r.phase == 'submitted' and (r.handle or '') == '' and tonumber(r.lease_until_ms) < t
local fetch = r.phase == 'rendered' and tonumber(r.lease_until_ms) < t
if r.phase ~= 'ready' and not orphan and not fetch then return cjson.encode({ refused = 'not_ready', phase = r.phase }) end
local count = fetch and 'fetches' or 'attempts'
if tonumber(r[count] or 0) >= max_attempts then return cjson.encode({ refused = 'worn_out', phase = r.phase, fence = r.fence }) end
r.fence = redis.call('HINCRBY', op_key(id), 'fence', 1)
r[count] = redis.call('HINCRBY', op_key(id), count, 1)
r.phase = fetch and 'rendered' or 'submitted'
set(id, 'phase', r.phase, 'owner', owner, 'lease_until_ms', t + lease_ms, 'progress', 0)
redis.call('ZADD', OPEN, t + lease_ms, id)
if not fetch then emit_op(r, 'operation.started', 'kind', r.kind, 'model', r.model, 'attempt', r.attempts) end
return cjson.encode({ claimed = r })
