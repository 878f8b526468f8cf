-- Books a result once: asset, settlement, dependants, version. ARGV: id, fence, asset, charged_micro, facts JSON, notes JSON.
-- Returns JSON {ready: [[id, queue]], repeated: bool}; or {stale: true} when the fence is another's.
local id, fence, asset, charged = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local r = row(id)
if not r then return cjson.encode({ stale = true }) end
if r.phase == 'done' and r.fence == fence and r.asset == asset then return cjson.encode({ ready = {}, repeated = true }) end
if r.fence ~= fence or (r.phase ~= 'submitted' and r.phase ~= 'rendered') then return cjson.encode({ stale = true }) end
local t = now_ms()
settle(r, charged)
set(id, 'phase', 'done', 'money', (r.money == 'held' or charged > 0) and 'settled' or 'none', 'asset', asset,
  'charged_micro', charged, 'progress', 1, 'facts', ARGV[5], 'notes', ARGV[6], 'done_ms', t)
redis.call('ZREM', OPEN, id)
redis.call('ZREM', P .. 'polls', id)
if charged > tonumber(r.hold_micro) then
  emit_op(r, 'operation.overrun', 'kind', r.kind, 'model', r.model, 'charged_micro', charged)
  -- The vendor billed clearly more than its price says: no new order goes there until a person has looked.
  if charged > tonumber(r.hold_micro) * OVERRUN_TOLERANCE then
    redis.call('HSET', P .. 'frozen', 'model:' .. r.model, 'billed ' .. charged .. ' for a hold of ' .. r.hold_micro .. ' micro-USD')
  end
end
redis.call('HSET', tenant_key(r, 'made'), r.key, asset)
if redis.call('HGET', tenant_key(r, 'making'), r.key) == id then redis.call('HDEL', tenant_key(r, 'making'), r.key) end
redis.call('SET', tenant_key(r, 'asset:' .. asset), ARGV[5])
emit_op(r, 'operation.done', 'kind', r.kind, 'model', r.model, 'asset', asset, 'charged_micro', charged, 'notes', ARGV[6])
local ready = {}
for _, d in ipairs(redis.call('SMEMBERS', op_key(id) .. ':dependants')) do
  local phase = redis.call('HGET', op_key(d), 'phase')
  if phase == 'waiting' and redis.call('HINCRBY', op_key(d), 'pending', -1) <= 0 then
    redis.call('HSET', op_key(d), 'phase', 'ready', 'updated_ms', t)
    redis.call('ZADD', OPEN, t + 2000, d)
    ready[#ready + 1] = { d, redis.call('HGET', op_key(d), 'queue') }
  end
end
redis.call('DEL', op_key(id) .. ':dependants')
if r.kind == 'cut' then
  for _, v in ipairs(redis.call('SMEMBERS', op_key(id) .. ':versions')) do
    local w = cjson.decode(v)
    if redis.call('SETNX', tenant_key(r, 'version:' .. w[2] .. ':ready'), r.key) == 1 then
      emit({ tenant = r.tenant, thread = w[1], version_id = w[2], message_id = w[3] }, 'version.ready', 'asset', asset)
    end
  end
end
return cjson.encode({ ready = ready, repeated = false })
