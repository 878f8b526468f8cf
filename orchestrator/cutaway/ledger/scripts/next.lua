-- A verified failure: go on with the next candidate, if the hold still covers it.
-- ARGV: id, fence, error JSON, charged_micro, next model, next hold_micro, next queue.
-- Returns JSON {ready: [[id, queue]]}, {refused: true} when the hold does not cover it, or {stale: true}.
local id, fence, charged = ARGV[1], ARGV[2], tonumber(ARGV[4])
local r = row(id)
if not r or r.fence ~= fence or (r.phase ~= 'submitted' and r.phase ~= 'submitting') then
  return cjson.encode({ stale = true })
end
local total = tonumber(r.charged_micro) + charged
if total + tonumber(ARGV[6]) > tonumber(r.hold_micro) then return cjson.encode({ refused = true }) end
set(id, 'phase', 'ready', 'charged_micro', total, 'model', ARGV[5], 'queue', ARGV[7], 'handle', '', 'attempts', 0,
  'error', ARGV[3], 'lease_until_ms', 0, 'progress', 0)
redis.call('HINCRBY', op_key(id), 'candidate', 1)
redis.call('HINCRBY', op_key(id), 'submission', 1)
redis.call('ZREM', P .. 'polls', id)
redis.call('ZADD', OPEN, now_ms() + 2000, id)
emit_op(r, 'operation.fell_back', 'kind', r.kind, 'model', ARGV[5], 'error', ARGV[3], 'charged_micro', charged)
return cjson.encode({ ready = { { id, ARGV[7] } } })
