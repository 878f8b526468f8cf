-- A wish to stop, decided once. ARGV: id, error JSON, unless_needed (0|1: leave it when other work waits for it), the
-- message whose own versions are all given up, '' when it is one version.
-- Returns JSON {outcome: cancelled|asked|too_late|in_doubt|needed|over|missing, phase, ready: [[id, queue]]}.
local r = row(ARGV[1])
local ready = {}
local function answer(outcome)
  return cjson.encode({ outcome = outcome, phase = r and r.phase, ready = ready })
end
if not r then return answer('missing') end
if not is_open(r.phase) then return answer('over') end
if ARGV[3] == '1' then
  -- The same film was ordered for another version as well.
  local wanted = 0
  for _, v in ipairs(redis.call('SMEMBERS', op_key(r.id) .. ':versions')) do
    local by = cjson.decode(v)[3]
    if ARGV[4] == '' or by ~= ARGV[4] then wanted = wanted + 1 end
  end
  if wanted > (ARGV[4] == '' and 1 or 0) then return answer('needed') end
  for _, d in ipairs(redis.call('SMEMBERS', op_key(r.id) .. ':dependants')) do
    if is_open(redis.call('HGET', op_key(d), 'phase') or 'done') then return answer('needed') end
  end
end
if r.phase == 'waiting' or (r.phase == 'ready' and not may_be_taken(r)) then
  stop(r, 'cancelled', ARGV[2], tonumber(r.charged_micro))
  picks(r.queue, ready)
  return answer('cancelled')
end
if r.phase == 'rendered' or r.phase == 'stored' then return answer('too_late') end
if r.parked == '1' then return answer('in_doubt') end
if not asked_to_stop(r) then
  set(r.id, 'cancel', 1)
  emit_op(r, 'operation.cancel_asked', 'kind', r.kind, 'model', r.model)
  if redis.call('ZSCORE', POLLS, r.id) then redis.call('ZADD', POLLS, now_ms(), r.id) end
end
return answer('asked')
