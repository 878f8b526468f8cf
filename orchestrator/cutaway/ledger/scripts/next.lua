-- A verified failure: go on with the next candidate (never while an earlier try may be charged), if the hold and its provider's budget still cover it.
-- ARGV: id, fence, error JSON, charged_micro, next model, next hold_micro, next queue, dearest hold_micro still allowed,
--   next provider's scope JSON ({key, limit_micro, ttl_s} or '').
-- Returns JSON {ready: [[id, queue]]}, {refused: true} when it is not covered or somebody asked to stop, {stale: true}.
local id, fence, charged, model, hold = ARGV[1], ARGV[2], tonumber(ARGV[4]), ARGV[5], tonumber(ARGV[6])
local r = row(id)
if not r or r.fence ~= fence or (r.phase ~= 'submitted' and r.phase ~= 'submitting' and r.phase ~= 'unknown') then
  return cjson.encode({ stale = true })
end
local total = tonumber(r.charged_micro) + charged
if asked_to_stop(r) or may_be_taken(r) or total + hold > tonumber(r.hold_micro) then return cjson.encode({ refused = true }) end
local scope = ARGV[9] ~= '' and cjson.decode(ARGV[9]) or nil
local same = scope and scope.key == r.provider_scope
if scope and hold > 0 then
  local used = redis.call('HMGET', scope.key, 'held', 'charged')
  local mine = same and tonumber(r.provider_held or 0) - charged or 0
  if (tonumber(used[1]) or 0) + (tonumber(used[2]) or 0) - mine + hold > scope.limit_micro then
    return cjson.encode({ refused = true })
  end
end
if r.phase == 'unknown' then end_doubt(r) end
record(r, charged)
if r.money == 'held' then move_budgets(r, 0, 0, -tonumber(r.provider_held or 0), charged) end
shrink_hold(r, total + tonumber(ARGV[8]))
land(r)
set(id, 'phase', 'ready', 'charged_micro', total, 'model', model, 'queue', ARGV[7], 'handle', '', 'attempts', 0,
  'error', ARGV[3], 'lease_until_ms', 0, 'progress', 0, 'provider_scope', scope and scope.key or '',
  'provider_held', scope and hold or 0)
if scope and hold > 0 then
  redis.call('HINCRBY', scope.key, 'held', hold)
  if scope.ttl_s > 0 then redis.call('EXPIRE', scope.key, scope.ttl_s) end
end
redis.call('HINCRBY', op_key(id), 'candidate', 1)
redis.call('HINCRBY', op_key(id), 'submission', 1)
redis.call('ZREM', POLLS, id)
emit_op(r, 'operation.fell_back', 'kind', r.kind, 'model', model, 'error', ARGV[3], 'charged_micro', charged)
local was = r.queue
r.phase, r.queue, r.model = 'ready', ARGV[7], model
stand_in_line(r)
local ready = {}
picks(was, ready)
if r.queue ~= was then picks(r.queue, ready) end
return cjson.encode({ ready = ready })
