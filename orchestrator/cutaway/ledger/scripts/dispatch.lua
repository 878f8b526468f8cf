-- Writes the operations of one version, with their holds, all or nothing.
-- ARGV[1]: JSON {tenant, thread, version_id, quote_id, message_id, cut_key, scopes: [{key, name, limit_micro, ttl_s}],
--   operations: [{id, kind, key, after, spec, queue, hold_micro, shot_id, model, user}]}
-- Returns JSON {ready: [[id, queue]], operations: {asked id: real id}, version_ready: bool} or {refused: {...}}.
local d = cjson.decode(ARGV[1])
local t = now_ms()
local made, making = P .. d.tenant .. ':made', P .. d.tenant .. ':making'
local real, fresh, seen, hold = {}, {}, {}, 0
for _, o in ipairs(d.operations) do
  local existing = redis.call('HGET', op_key(o.id), 'phase')
  local twin = seen[o.key] or redis.call('HGET', making, o.key)
  if existing then
    real[o.id] = o.id
  elseif redis.call('HEXISTS', made, o.key) == 1 then
    real[o.id] = ''
  elseif twin then
    real[o.id] = twin
  else
    real[o.id] = o.id
    seen[o.key] = o.id
    fresh[#fresh + 1] = o
    hold = hold + o.hold_micro
  end
end
if hold > 0 then
  for _, s in ipairs(d.scopes) do
    local used = redis.call('HMGET', s.key, 'held', 'charged')
    local headroom = s.limit_micro - (tonumber(used[1]) or 0) - (tonumber(used[2]) or 0)
    if hold > headroom then
      return cjson.encode({ refused = { budget = s.name, headroom_micro = headroom, needed_micro = hold } })
    end
  end
  for _, s in ipairs(d.scopes) do
    redis.call('HINCRBY', s.key, 'held', hold)
    if s.ttl_s > 0 then redis.call('EXPIRE', s.key, s.ttl_s) end
  end
end
local scope_keys = {}
for i, s in ipairs(d.scopes) do scope_keys[i] = s.key end
local ready = {}
for _, o in ipairs(fresh) do
  local pending = 0
  local waits = {}
  for _, a in ipairs(o.after) do
    local id = real[a] or a
    if id ~= '' and not waits[id] then
      local phase = redis.call('HGET', op_key(id), 'phase')
      if phase and is_open(phase) then
        waits[id] = true
        pending = pending + 1
        redis.call('SADD', op_key(id) .. ':dependants', o.id)
      end
    end
  end
  local phase = pending == 0 and 'ready' or 'waiting'
  redis.call('HSET', op_key(o.id), 'schema', 1, 'id', o.id, 'tenant', d.tenant, 'thread', d.thread,
    'version_id', d.version_id, 'quote_id', d.quote_id, 'message_id', d.message_id, 'kind', o.kind, 'key', o.key,
    'shot_id', o.shot_id, 'model', o.model, 'user', o.user, 'queue', o.queue, 'spec', o.spec, 'phase', phase,
    'money', o.hold_micro > 0 and 'held' or 'none', 'hold_micro', o.hold_micro, 'charged_micro', 0,
    'scopes', cjson.encode(scope_keys), 'pending', pending, 'fence', 0, 'attempts', 0, 'lease_until_ms', 0,
    'progress', 0, 'created_ms', t, 'updated_ms', t)
  redis.call('HSET', making, o.key, o.id)
  redis.call('SADD', P .. d.tenant .. ':version:' .. d.version_id .. ':operations', o.id)
  redis.call('RPUSH', P .. d.tenant .. ':thread:' .. d.thread .. ':operations', o.id)
  local r = { id = o.id, tenant = d.tenant, thread = d.thread, message_id = d.message_id, version_id = d.version_id, shot_id = o.shot_id }
  emit_op(r, 'operation.queued', 'kind', o.kind, 'model', o.model)
  if phase == 'ready' then
    ready[#ready + 1] = { o.id, o.queue }
    redis.call('ZADD', OPEN, t + 2000, o.id)
  else
    redis.call('ZADD', OPEN, '+inf', o.id)
  end
end
-- A cut somebody else already ordered must announce this version too.
local cut_op = redis.call('HGET', making, d.cut_key)
local is_made = redis.call('HEXISTS', made, d.cut_key) == 1
if is_made then
  local version_key = P .. d.tenant .. ':version:' .. d.version_id .. ':ready'
  if redis.call('SETNX', version_key, d.cut_key) == 1 then
    emit({ tenant = d.tenant, thread = d.thread, message_id = d.message_id, version_id = d.version_id }, 'version.ready',
      'asset', redis.call('HGET', made, d.cut_key))
  end
elseif cut_op then
  redis.call('SADD', op_key(cut_op) .. ':versions', cjson.encode({ d.thread, d.version_id, d.message_id }))
end
return cjson.encode({ ready = ready, operations = real, version_ready = is_made })
