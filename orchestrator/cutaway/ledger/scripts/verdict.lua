-- What a look at a remote operation found. ARGV: id, fence, verdict, data JSON, delay_ms.
-- waiting:  look again after delay_ms (data.progress)        rendered: the vendor has it, fetch it (data.outputs, cost)
-- unsent:   surely never taken, submit it                    parked:   nobody can find out; a person decides
-- ask_again: submit it under the same key, which is how its vendor tells
-- running_on: the vendor will not stop it, although asked    overdue:  it takes far longer than it should
-- Returns JSON {applied: 0|1, ready: [[id, queue]]}.
local id, fence, verdict, data, delay = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local r = row(id)
local ready = {}
local function answer(applied)
  return cjson.encode({ applied = applied, ready = ready })
end
if not r or r.fence ~= fence then return answer(0) end
local t = now_ms()
if verdict == 'waiting' then
  if r.phase ~= 'submitted' and r.phase ~= 'unknown' then return answer(0) end
  redis.call('ZADD', POLLS, t + delay, id)
  local progress = cjson.decode(data).progress
  if type(progress) == 'number' and tostring(progress) ~= r.progress then
    set(id, 'progress', progress)
    emit_op(r, 'operation.progress', 'kind', r.kind, 'share', progress)
  end
  return answer(1)
end
if verdict == 'rendered' then
  if r.phase ~= 'submitted' or (r.handle or '') == '' then return answer(0) end
  set(id, 'phase', 'rendered', 'verdict', data)
  r.phase = 'rendered'
  redis.call('ZREM', POLLS, id)
  stand_in_line(r)
  picks(r.queue, ready)
  return answer(1)
end
if verdict == 'unsent' or verdict == 'ask_again' then
  if r.phase ~= 'unknown' or r.parked == '1' then return answer(0) end
  redis.call('ZREM', POLLS, id)
  if verdict == 'unsent' then
    end_doubt(r)
    if asked_to_stop(r) then
      stop(r, 'cancelled', data, tonumber(r.charged_micro))
      picks(r.queue, ready)
      return answer(1)
    end
    -- Refusals count against an order, not tries that never arrived.
    redis.call('HINCRBY', op_key(id), 'attempts', -1)
  end
  set(id, 'phase', 'ready', 'lease_until_ms', 0)
  r.phase = 'ready'
  land(r)
  emit_op(r, 'operation.returned', 'kind', r.kind, 'error', data)
  stand_in_line(r)
  picks(r.queue, ready)
  return answer(1)
end
if verdict == 'parked' then
  if r.phase ~= 'unknown' or r.parked == '1' then return answer(0) end
  park(r, data)
  picks(r.queue, ready)
  return answer(1)
end
if verdict == 'running_on' then
  if r.phase ~= 'submitted' or r.cancel ~= '1' then return answer(0) end
  set(id, 'cancel', 'refused')
  emit_op(r, 'operation.cancel_refused', 'kind', r.kind, 'model', r.model)
  return answer(1)
end
if verdict == 'overdue' then
  if r.phase ~= 'submitted' or r.overdue == '1' then return answer(0) end
  set(id, 'overdue', 1)
  emit_op(r, 'operation.overdue', 'kind', r.kind, 'model', r.model)
  return answer(1)
end
return redis.error_reply('unknown verdict ' .. verdict)
