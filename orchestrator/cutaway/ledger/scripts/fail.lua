-- Ends an attempt without a result. ARGV: id, fence, error JSON, again (0|1), charged_micro, counts (0|1), delay_ms.
-- again=1 puts it back (a rendered result stays rendered: what was paid for is never ordered again) after delay_ms;
-- counts=0 does not count the attempt (a drained worker returning its lease).
-- A final failure cancels what waits for it and releases holds. Returns JSON {ready: [[id, queue]]} or {stale: true}.
local id, fence, charged = ARGV[1], ARGV[2], tonumber(ARGV[5])
local r = row(id)
if not r or r.fence ~= fence or not is_open(r.phase) then return cjson.encode({ stale = true }) end
local t = now_ms()
if ARGV[4] == '1' then
  local back, count = 'ready', 'attempts'
  if r.phase == 'rendered' then back, count = 'rendered', 'fetches' end
  if ARGV[6] == '0' then redis.call('HINCRBY', op_key(id), count, -1) end
  if r.phase == 'submitting' then redis.call('HINCRBY', op_key(id), 'submission', 1) end
  local delay = tonumber(ARGV[7])
  set(id, 'phase', back, 'lease_until_ms', 0, 'error', ARGV[3], 'progress', 0)
  redis.call('ZADD', OPEN, t + math.max(delay, 1000), id)
  emit_op(r, 'operation.returned', 'kind', r.kind, 'error', ARGV[3])
  return cjson.encode({ ready = delay == 0 and { { id, r.queue } } or {} })
end
local function stop(o, phase, err, cost)
  settle(o, cost)
  set(o.id, 'phase', phase, 'money', o.money == 'held' and (cost > 0 and 'settled' or 'released') or o.money,
    'error', err, 'charged_micro', cost, 'done_ms', t)
  redis.call('ZREM', OPEN, o.id)
  redis.call('ZREM', P .. 'polls', o.id)
  if redis.call('HGET', tenant_key(o, 'making'), o.key) == o.id then redis.call('HDEL', tenant_key(o, 'making'), o.key) end
  emit_op(o, 'operation.' .. phase, 'kind', o.kind, 'model', o.model, 'error', err, 'charged_micro', cost)
  if o.kind == 'cut' then
    for _, v in ipairs(redis.call('SMEMBERS', op_key(o.id) .. ':versions')) do
      local w = cjson.decode(v)
      emit({ tenant = o.tenant, thread = w[1], version_id = w[2], message_id = w[3] }, 'version.failed', 'error', err)
    end
  end
end
local function cascade(o, err)
  for _, d in ipairs(redis.call('SMEMBERS', op_key(o.id) .. ':dependants')) do
    local w = row(d)
    if w and w.phase == 'waiting' then
      stop(w, 'cancelled', err, 0)
      cascade(w, err)
    end
  end
  redis.call('DEL', op_key(o.id) .. ':dependants')
end
stop(r, 'failed', ARGV[3], tonumber(r.charged_micro) + charged)
cascade(r, ARGV[3])
return cjson.encode({ ready = {} })
