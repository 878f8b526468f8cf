-- Writes the operations of one or many versions, with their holds, all or nothing. What is made or being made already is
-- not ordered again. ARGV[1]: JSON
--   {tenant, limits_key, clip_limit_micro, scopes: [{key, name, who, limit_micro, ttl_s}],
--    providers: {name: {key, name, who, limit_micro, ttl_s}},
--    parts: [{thread, version_id, quote_id, message_id, cut_key,
--             operations: [{id, kind, key, after, spec, queue, hold_micro, shot_id, model, user, tags, weight_s, priority,
--                          not_before_ms, needed_by_ms, takes_ms}]}]}
-- Returns JSON {ready: [[id, queue]], operations: {asked id: real id}, made: [version_id]} {refused: {...}} or {conflict: id}.
local d = cjson.decode(ARGV[1])
local t = now_ms()
local made, making = P .. d.tenant .. ':made', P .. d.tenant .. ':making'
local real, seen, fresh, hold, by_provider = {}, {}, {}, 0, {}
for _, part in ipairs(d.parts) do
  for _, o in ipairs(part.operations) do
    local stored_key = redis.call('HGET', op_key(o.id), 'key')
    if stored_key and stored_key ~= o.key then return cjson.encode({ conflict = o.id }) end
    local twin = seen[o.key] or redis.call('HGET', making, o.key)
    if stored_key or real[o.id] then
      real[o.id] = real[o.id] or o.id
    elseif redis.call('HEXISTS', made, o.key) == 1 then
      real[o.id] = ''
    elseif twin then
      real[o.id] = twin
    else
      if d.clip_limit_micro and o.hold_micro > d.clip_limit_micro then
        local clip = { name = 'clip', limit_micro = d.clip_limit_micro }
        return cjson.encode({ refused = no_room(clip, clip.limit_micro, o.hold_micro) })
      end
      real[o.id] = o.id
      seen[o.key] = o.id
      o.part = part
      fresh[#fresh + 1] = o
      hold = hold + o.hold_micro
      local provider = provider_of(o.model)
      if d.providers[provider] and o.hold_micro > 0 then
        o.provider_scope = d.providers[provider].key
        by_provider[provider] = (by_provider[provider] or 0) + o.hold_micro
      end
    end
  end
end
local reserving = {}
if hold > 0 then
  for _, s in ipairs(d.scopes) do reserving[#reserving + 1] = { s, hold } end
  for provider, amount in pairs(by_provider) do reserving[#reserving + 1] = { d.providers[provider], amount } end
end
local refused, crossed = reserve(reserving, d.limits_key)
if refused then return cjson.encode({ refused = refused }) end
local scope_keys = {}
for i, s in ipairs(d.scopes) do scope_keys[i] = s.key end
scope_keys = cjson.encode(scope_keys)
redis.call('SADD', P .. 'tenants', d.tenant)
local queues = {}
for _, o in ipairs(fresh) do
  local part, pending, waits = o.part, 0, {}
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
  -- A later beginning is one more thing to wait for; the sweeper takes it away when the time has come.
  local begins = o.not_before_ms > t and o.not_before_ms or 0
  if begins > 0 then pending = pending + 1 end
  local phase = pending == 0 and 'ready' or 'waiting'
  local held = o.hold_micro > 0
  redis.call('HSET', op_key(o.id), 'schema', SCHEMA, 'id', o.id, 'tenant', d.tenant, 'thread', part.thread,
    'version_id', part.version_id, 'quote_id', part.quote_id, 'message_id', part.message_id, 'kind', o.kind,
    'key', o.key, 'shot_id', o.shot_id, 'model', o.model, 'user', o.user, 'tags', o.tags, 'queue', o.queue,
    'spec', o.spec, 'phase', phase, 'money', held and 'held' or 'none', 'hold_micro', o.hold_micro,
    'charged_micro', 0, 'scopes', held and scope_keys or '[]', 'provider_scope', o.provider_scope or '',
    'provider_held', o.provider_scope and o.hold_micro or 0, 'weight_s', o.weight_s, 'priority', o.priority,
    'pending', pending, 'not_before_ms', begins, 'needed_by_ms', o.needed_by_ms or 0, 'takes_ms', o.takes_ms or 0, 'fence', 0, 'attempts', 0, 'lease_until_ms', 0, 'progress', 0, 'created_ms', t, 'updated_ms', t)
  redis.call('HSET', making, o.key, o.id)
  redis.call('SADD', P .. d.tenant .. ':version:' .. part.version_id .. ':operations', o.id)
  redis.call('RPUSH', P .. d.tenant .. ':thread:' .. part.thread .. ':operations', o.id)
  local r = {
    id = o.id, tenant = d.tenant, thread = part.thread, message_id = part.message_id, version_id = part.version_id,
    shot_id = o.shot_id, queue = o.queue, phase = phase, priority = o.priority,
  }
  emit_op(r, 'operation.queued', 'kind', o.kind, 'model', o.model)
  if phase == 'ready' then
    stand_in_line(r)
    queues[o.queue] = true
  else
    redis.call('ZADD', OPEN, begins > 0 and begins or '+inf', o.id)
  end
end
-- A film that exists, or that somebody else already ordered, must announce this version too.
local announced = {}
for _, part in ipairs(d.parts) do
  local here = { tenant = d.tenant, thread = part.thread, message_id = part.message_id, version_id = part.version_id }
  local film, cut = redis.call('HGET', made, part.cut_key), redis.call('HGET', making, part.cut_key)
  if film then
    announced[#announced + 1] = part.version_id
    if redis.call('SETNX', P .. d.tenant .. ':version:' .. part.version_id .. ':ready', part.cut_key) == 1 then
      emit(here, 'version.ready', 'asset', film)
    end
  elseif cut then
    redis.call('SADD', op_key(cut) .. ':versions', cjson.encode({ part.thread, part.version_id, part.message_id }))
  end
end
-- Who waits for what, whoever ordered it: work ends once all of them gave it up.
for _, part in ipairs(d.parts) do
  local me = cjson.encode({ part.thread, part.version_id, part.message_id })
  local awaits = P .. d.tenant .. ':version:' .. part.version_id .. ':awaits'
  local function await(asked)
    local id = real[asked] or asked
    if id == '' or not is_open(redis.call('HGET', op_key(id), 'phase') or 'done') then return end
    redis.call('SADD', op_key(id) .. ':versions', me)
    redis.call('SADD', awaits, id)
  end
  for _, o in ipairs(part.operations) do
    await(o.id)
    for _, a in ipairs(o.after) do await(a) end
  end
end
local first = d.parts[1]
for _, found in ipairs(crossed) do
  local s, percent, used = found[1], found[2], found[3]
  local here = { tenant = d.tenant, thread = first.thread, message_id = first.message_id, version_id = first.version_id }
  emit(here, 'budget.crossed', 'budget', s.name, 'who', s.who, 'percent', percent, 'limit_micro', s.limit_micro,
    'used_micro', used)
end
local ready = {}
for queue in pairs(queues) do picks(queue, ready) end
return cjson.encode({ ready = ready, operations = real, made = announced })
