-- What a look at a remote operation found. ARGV: id, fence, verdict, data JSON, delay_ms.
-- waiting: look again after delay_ms (data.progress)         rendered: the vendor has it, fetch it (data.outputs, cost)
-- unsent:  surely never taken, submit again after delay_ms   parked:   nobody can find out; a person decides
-- Returns JSON {applied: 0|1, ready: [[id, queue]]}.
local id, fence, verdict, data, delay = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
local r = row(id)
local function answer(applied, ready)
  return cjson.encode({ applied = applied, ready = ready or {} })
end
if not r or r.fence ~= fence then return answer(0) end
local t = now_ms()
if verdict == 'waiting' then
  if r.phase ~= 'submitted' and r.phase ~= 'unknown' then return answer(0) end
  redis.call('ZADD', P .. 'polls', t + delay, id)
  local progress = cjson.decode(data).progress
  if type(progress) == 'number' and tostring(progress) ~= r.progress then
    set(id, 'progress', progress)
    emit_op(r, 'operation.progress', 'kind', r.kind, 'share', progress)
  end
  return answer(1)
end
if verdict == 'rendered' then
  if r.phase ~= 'submitted' or not r.handle then return answer(0) end
  set(id, 'phase', 'rendered', 'verdict', data)
  redis.call('ZREM', P .. 'polls', id)
  redis.call('ZADD', OPEN, t + 2000, id)
  return answer(1, { { id, r.queue } })
end
if verdict == 'unsent' then
  if r.phase ~= 'unknown' then return answer(0) end
  set(id, 'phase', 'ready', 'lease_until_ms', 0)
  redis.call('HINCRBY', op_key(id), 'attempts', -1)
  redis.call('ZREM', P .. 'polls', id)
  redis.call('ZADD', OPEN, t + delay, id)
  emit_op(r, 'operation.returned', 'kind', r.kind, 'error', data)
  return answer(1, delay == 0 and { { id, r.queue } } or {})
end
if verdict == 'parked' then
  if r.phase ~= 'unknown' or r.parked == '1' then return answer(0) end
  set(id, 'parked', 1, 'error', data)
  redis.call('ZREM', P .. 'polls', id)
  emit_op(r, 'operation.parked', 'kind', r.kind, 'model', r.model, 'error', data)
  return answer(1)
end
return redis.error_reply('unknown verdict ' .. verdict)
