-- A wish to stop, decided once. ARGV: id, error JSON, unless_needed (0|1: leave it when other work waits for it), the
-- version or the message whose versions give it up.
-- Returns JSON {outcome: cancelled|asked|too_late|in_doubt|needed|over|missing, phase, ready: [[id, queue]]}.
local r = row(ARGV[1])
local ready = {}
local function answer(outcome)
  return cjson.encode({ outcome = outcome, phase = r and r.phase, ready = ready })
end
if not r then return answer('missing') end
if not is_open(r.phase) then return answer('over') end
if ARGV[3] == '1' then
  local gone, needed = {}, false
  for _, v in ipairs(redis.call('SMEMBERS', op_key(r.id) .. ':versions')) do
    local w = cjson.decode(v)
    if ARGV[4] ~= '' and (w[2] == ARGV[4] or w[3] == ARGV[4]) then gone[#gone + 1] = v else needed = true end
  end
  for _, d in ipairs(redis.call('SMEMBERS', op_key(r.id) .. ':dependants')) do
    needed = needed or is_open(redis.call('HGET', op_key(d), 'phase') or 'done')
  end
  if needed then
    -- Those who gave it up wait for it no more, so that the last of them ends it.
    for _, v in ipairs(gone) do
      redis.call('SREM', op_key(r.id) .. ':versions', v)
      local w = cjson.decode(v)
      if r.kind == 'cut' then
        emit({ tenant = r.tenant, thread = w[1], version_id = w[2], message_id = w[3] }, 'version.failed', 'error', ARGV[2])
      end
    end
    return answer('needed')
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
