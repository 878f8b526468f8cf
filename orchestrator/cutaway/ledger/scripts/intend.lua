-- The durable intent, written before any byte leaves: this worker will submit this operation, now and once.
-- ARGV: id, owner, lease_ms, send_ms, max_attempts. Returns JSON {intended: row} or {refused: why}.
local id, owner, lease_ms, send_ms = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local r = row(id)
if not r then return cjson.encode({ refused = 'missing' }) end
if tonumber(r.schema) > 1 then return cjson.encode({ refused = 'schema' }) end
if r.phase ~= 'ready' then return cjson.encode({ refused = 'not_ready', phase = r.phase }) end
local t = now_ms()
local provider = string.match(r.model, '^([^:/]+)') or ''
local frozen = redis.call('HMGET', P .. 'frozen', 'all', 'tenant:' .. r.tenant, 'provider:' .. provider, 'model:' .. r.model)
for i = 1, 4 do
  if frozen[i] then
    redis.call('ZADD', OPEN, t + 1000, id)
    return cjson.encode({ refused = 'frozen', reason = frozen[i] })
  end
end
if tonumber(r.attempts) >= tonumber(ARGV[5]) then
  return cjson.encode({ refused = 'worn_out', fence = r.fence })
end
r.fence = redis.call('HINCRBY', op_key(id), 'fence', 1)
r.attempts = redis.call('HINCRBY', op_key(id), 'attempts', 1)
r.phase = 'submitting'
set(id, 'phase', 'submitting', 'owner', owner, 'lease_until_ms', t + lease_ms, 'deadline_ms', t + send_ms,
  'intent_ms', t)
redis.call('ZADD', OPEN, t + math.max(lease_ms, send_ms), id)
emit_op(r, 'operation.started', 'kind', r.kind, 'model', r.model, 'attempt', r.attempts)
return cjson.encode({ intended = r })
