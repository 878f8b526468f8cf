-- Ends an attempt without a result. ARGV: id, fence, error JSON, again (0|1), charged_micro, counts (0|1), delay_ms.
-- again=1 puts it back (a rendered result stays rendered: what was paid for is never ordered again) after delay_ms;
-- counts=0 does not count the attempt (a drained worker returning its lease). An operation somebody asked to stop is
-- cancelled instead of put back. A final end cancels what waits for it and releases holds. A refusal says nothing of an
-- earlier try whose outcome is in doubt: then the key stays, and instead of an end a person is asked.
-- Returns JSON {ready: [[id, queue]]} or {stale: true}.
local id, fence, err, charged, delay = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[5]), tonumber(ARGV[7])
local r = row(id)
if not r or r.fence ~= fence or not is_open(r.phase) then return cjson.encode({ stale = true }) end
local ready = {}
local refused = r.phase == 'submitting' or r.phase == 'unknown'
if r.phase == 'unknown' then
  if may_be_taken(r) then return cjson.encode({ stale = true }) end
  end_doubt(r)
end
if ARGV[4] == '1' and (r.phase == 'rendered' or may_be_taken(r) or not asked_to_stop(r)) then
  local back, count = 'ready', 'attempts'
  if r.phase == 'rendered' then back, count = 'rendered', 'fetches' end
  if ARGV[6] == '0' then redis.call('HINCRBY', op_key(id), count, -1) end
  if refused and not may_be_taken(r) then redis.call('HINCRBY', op_key(id), 'submission', 1) end
  set(id, 'phase', back, 'lease_until_ms', 0, 'error', err, 'progress', 0)
  if back == 'ready' then land(r) else leave_line(r) end
  r.phase = back
  emit_op(r, 'operation.returned', 'kind', r.kind, 'error', err)
  if delay == 0 then
    stand_in_line(r)
  else
    redis.call('ZADD', OPEN, now_ms() + delay, id)
    set(id, 'not_before_ms', now_ms() + delay)
  end
elseif may_be_taken(r) then
  park(r, err)
else
  stop(r, asked_to_stop(r) and 'cancelled' or 'failed', err, tonumber(r.charged_micro) + charged)
end
picks(r.queue, ready)
return cjson.encode({ ready = ready })
