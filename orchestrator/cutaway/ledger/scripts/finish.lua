-- Books a result once: asset, settlement, dependants, version. ARGV: id, fence, asset, charged_micro (of all attempts),
-- facts JSON, notes JSON. Returns JSON {ready: [[id, queue]], repeated: bool}; {stale: true} when the fence is another's.
local id, fence, asset, charged = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local r = row(id)
if not r then return cjson.encode({ stale = true }) end
if r.phase == 'done' and r.fence == fence and r.asset == asset then return cjson.encode({ ready = {}, repeated = true }) end
if r.fence ~= fence or (r.phase ~= 'submitted' and r.phase ~= 'rendered') then return cjson.encode({ stale = true }) end
local t = now_ms()
local money = settle(r, charged)
if money == 'released' then money = 'settled' end -- made, and the vendor asked nothing for it
set(id, 'phase', 'done', 'money', money, 'asset', asset, 'charged_micro', charged, 'progress', 1, 'facts', ARGV[5],
  'notes', ARGV[6], 'done_ms', t)
close(r)
redis.call('HSET', tenant_key(r, 'made'), r.key, asset)
redis.call('SET', tenant_key(r, 'asset:' .. asset), ARGV[5])
emit_op(r, 'operation.done', 'kind', r.kind, 'model', r.model, 'asset', asset, 'charged_micro', charged, 'notes', ARGV[6],
  'poster', cjson.decode(ARGV[5]).poster or '')
local ready = {}
for _, d in ipairs(redis.call('SMEMBERS', op_key(id) .. ':dependants')) do
  if redis.call('HGET', op_key(d), 'phase') == 'waiting' and redis.call('HINCRBY', op_key(d), 'pending', -1) <= 0 then
    set(d, 'phase', 'ready')
    local w = row(d)
    stand_in_line(w)
    if w.queue ~= r.queue then picks(w.queue, ready) end
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
picks(r.queue, ready)
return cjson.encode({ ready = ready, repeated = false })
