-- Finds open operations whose time has come: ready but not picked up, or whose lease ran out; counts the workers.
-- ARGV: limit, again_ms, crew JSON {owner, ttl_ms, workers: {queue: count}} or '', waiting JSON {queue: [id]} or ''.
-- A submission whose worker fell silent becomes unknown: its bytes may have left. `waiting` names what really lies in a
-- queue; a wake-up that is in none was lost. Returns JSON [[id, queue], ...] of what to put before workers now.
local t, again_ms = now_ms(), tonumber(ARGV[2])
local queues = { cpu = true, io = true }
if ARGV[3] ~= '' then
  local crew = cjson.decode(ARGV[3])
  for queue, count in pairs(crew.workers) do
    queues[queue] = true
    redis.call('ZREMRANGEBYSCORE', line(queue, 'workers'), '-inf', t)
    for i = 1, count do redis.call('ZADD', line(queue, 'workers'), t + crew.ttl_ms, crew.owner .. ':' .. i) end
  end
end
local waiting = nil
if ARGV[4] ~= '' then
  waiting = {}
  for _, ids in pairs(cjson.decode(ARGV[4])) do
    for _, id in ipairs(ids) do waiting[id] = true end
  end
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', OPEN, '-inf', t, 'LIMIT', 0, tonumber(ARGV[1]))) do
  local r = row(id)
  if not r or not is_open(r.phase) then
    redis.call('ZREM', OPEN, id)
  elseif not is_known(r) then
    redis.call('ZADD', OPEN, t + 60000, id)
  elseif r.phase == 'submitting' then
    local err = { code = 'submit_unknown', message = 'The worker fell silent while it placed the order.' }
    doubt(r, cjson.encode(err), t)
  elseif r.phase == 'waiting' and tonumber(r.not_before_ms or 0) > 0 then
    set(id, 'not_before_ms', 0)
    if redis.call('HINCRBY', op_key(id), 'pending', -1) <= 0 then
      set(id, 'phase', 'ready')
      r.phase = 'ready'
      queues[r.queue] = true
      stand_in_line(r)
    else
      redis.call('ZADD', OPEN, '+inf', id)
    end
  elseif r.phase == 'waiting' or r.phase == 'unknown' or (r.phase == 'submitted' and (r.handle or '') ~= '') then
    redis.call('ZADD', OPEN, '+inf', id)
  else
    queues[r.queue] = true
    redis.call('ZADD', OPEN, t + again_ms, id)
    local in_line = redis.call('ZSCORE', backlog(r.queue, r.tenant), id)
    local queued = redis.call('ZSCORE', line(r.queue, 'queued'), id)
    if not in_line and not (queued and waiting and waiting[id]) then
      if r.phase ~= 'rendered' then land(r) end
      stand_in_line(r)
    end
  end
end
local wake = {}
for queue in pairs(queues) do picks(queue, wake) end
if #wake == 0 then return '[]' end
return cjson.encode(wake)
