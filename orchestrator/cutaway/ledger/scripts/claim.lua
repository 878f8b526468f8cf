-- Takes an operation under a new fence. ARGV: id, owner, what (make|place|any), lease_ms, max_attempts, send_ms,
--   max_submissions, max_fetches.
-- make: local work, or a rendered remote result that must be fetched. place: a remote order about to leave; what is
-- written here is the durable intent, before any byte. any: whichever it needs. A remote order is one on the queue io.
-- Returns JSON {claimed: row} or {refused: why, ready: [[id, queue]]}; a refusal never charges.
local id, owner, what, lease_ms, max_attempts = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local function refuse(why, more)
  local answer = more or {}
  answer.refused = why
  return cjson.encode(answer)
end
local r = row(id)
if not r then return refuse('missing') end
if not is_known(r) then return refuse('schema') end
local t = now_ms()
local places = what ~= 'make' and r.queue == 'io' and r.phase == 'ready'
local orphan = r.phase == 'submitted' and (r.handle or '') == '' and tonumber(r.lease_until_ms) < t
local fetch = r.phase == 'rendered' and tonumber(r.lease_until_ms) < t
local draws = what ~= 'place' and (fetch or (r.queue ~= 'io' and (orphan or r.phase == 'ready')))
if not places and not draws then return refuse('not_ready', { phase = r.phase }) end
-- A wake-up that strayed must not come before the time its vendor asked for.
if places and t < tonumber(r.not_before_ms or 0) then return refuse('too_early') end
if places then
  local reason = frozen(r)
  if reason then
    local ready = {}
    land(r)
    stand_in_line(r)
    picks(r.queue, ready)
    return refuse('frozen', { reason = reason, ready = ready })
  end
end
local count = fetch and 'fetches' or 'attempts'
local most = (places and tonumber(ARGV[7])) or (fetch and tonumber(ARGV[8])) or max_attempts
if tonumber(r[count] or 0) >= most then return refuse('worn_out') end
r.fence = redis.call('HINCRBY', op_key(id), 'fence', 1)
r[count] = redis.call('HINCRBY', op_key(id), count, 1)
leave_line(r)
redis.call('ZADD', line(r.queue, 'busy'), t + lease_ms, id)
if places then
  r.phase, r.intent_ms = 'submitting', t
  local send_ms = tonumber(ARGV[6])
  set(id, 'phase', 'submitting', 'owner', owner, 'lease_until_ms', t + lease_ms, 'deadline_ms', t + send_ms,
    'intent_ms', t, 'held_back', '')
  redis.call('ZADD', OPEN, t + math.max(lease_ms, send_ms), id)
else
  r.phase = fetch and 'rendered' or 'submitted'
  set(id, 'phase', r.phase, 'owner', owner, 'lease_until_ms', t + lease_ms, 'progress', 0)
  redis.call('ZADD', OPEN, t + lease_ms, id)
end
if not fetch then emit_op(r, 'operation.started', 'kind', r.kind, 'model', r.model, 'attempt', r.attempts) end
return cjson.encode({ claimed = r })
