-- Writes the operations of one or many versions, with their holds, all or nothing. What is made or being made already is
-- not ordered again. ARGV[1]: JSON
--   {tenant, limits_key, clip_limit_micro, scopes: [{key, name, who, limit_micro, ttl_s}],
--    providers: {name: {key, name, who, limit_micro, ttl_s}},
--    parts: [{thread, version_id, quote_id, message_id, cut_key,
--             operations: [{id, kind, key, after, spec, queue, hold_micro, shot_id, model, user, tags, weight_s, priority}]}]}
-- Returns JSON {ready: [[id, queue]], operations: {asked id: real id}, made: [version_id]} {refused: {...}} or {conflict: id}.
local d = cjson.decode(ARGV[1])
local t = now_ms()
local made, making = P .. d.tenant .. ':made', P .. d.tenant .. ':making'
local real, seen, fresh, hold, by_provider = {}, {}, {}, 0, {}
local function refuse(scope, headroom, needed)
  local facts = { budget = scope.name, limit_micro = scope.limit_micro, headroom_micro = headroom, needed_micro = needed }
  return cjson.encode({ refused = facts })
end
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
        return refuse({ name = 'clip', limit_micro = d.clip_limit_micro }, d.clip_limit_micro, o.hold_micro)
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
-- Every scope is checked before any is touched. A person may have lowered a limit since.
local reserving = {}
if hold > 0 then
  for _, s in ipairs(d.scopes) do reserving[#reserving + 1] = { s, hold } end
  for provider, amount in pairs(by_provider) do reserving[#reserving + 1] = { d.providers[provider], amount } end
end
if #reserving > 0 then
  local names = {}
  for _, pair in ipairs(reserving) do
    names[#names + 1] = pair[1].name
    names[#names + 1] = pair[1].name .. ':' .. pair[1].who
  end
  local lowered = redis.call('HMGET', d.limits_key, unpack(names))
  for i, pair in ipairs(reserving) do
    local s, amount = pair[1], pair[2]
    s.limit_micro = math.min(s.limit_micro, tonumber(lowered[2 * i] or lowered[2 * i - 1] or s.limit_micro))
    local used = redis.call('HMGET', s.key, 'held', 'charged')
    s.used = (tonumber(used[1]) or 0) + (tonumber(used[2]) or 0)
    if s.used + amount > s.limit_micro then return refuse(s, s.limit_micro - s.used, amount) end
  end
end
local crossed = {}
for _, pair in ipairs(reserving) do
  local s, amount = pair[1], pair[2]
  redis.call('HINCRBY', s.key, 'held', amount)
  if s.ttl_s > 0 then redis.call('EXPIRE', s.key, s.ttl_s) end
  -- Once per window and share, the largest share crossed by this dispatch.
  for _, percent in ipairs({ 100, 80, 50 }) do
    local mark = s.limit_micro * percent / 100
    if s.limit_micro > 0 and s.used < mark and s.used + amount >= mark then
      if redis.call('HSETNX', s.key, 'told_' .. percent, t) == 1 then crossed[#crossed + 1] = { s, percent, amount } end
      break
    end
  end
end
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
  local phase = pending == 0 and 'ready' or 'waiting'
  local held = o.hold_micro > 0
  redis.call('HSET', op_key(o.id), 'schema', SCHEMA, 'id', o.id, 'tenant', d.tenant, 'thread', part.thread,
    'version_id', part.version_id, 'quote_id', part.quote_id, 'message_id', part.message_id, 'kind', o.kind,
    'key', o.key, 'shot_id', o.shot_id, 'model', o.model, 'user', o.user, 'tags', o.tags, 'queue', o.queue,
    'spec', o.spec, 'phase', phase, 'money', held and 'held' or 'none', 'hold_micro', o.hold_micro,
    'charged_micro', 0, 'scopes', held and scope_keys or '[]', 'provider_scope', o.provider_scope or '',
    'provider_held', o.provider_scope and o.hold_micro or 0, 'weight_s', o.weight_s, 'priority', o.priority,
    'pending', pending, 'fence', 0, 'attempts', 0, 'lease_until_ms', 0, 'progress', 0, 'created_ms', t, 'updated_ms', t)
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
    redis.call('ZADD', OPEN, '+inf', o.id)
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
local first = d.parts[1]
for _, found in ipairs(crossed) do
  local s, percent, amount = found[1], found[2], found[3]
  local here = { tenant = d.tenant, thread = first.thread, message_id = first.message_id, version_id = first.version_id }
  emit(here, 'budget.crossed', 'budget', s.name, 'who', s.who, 'percent', percent, 'limit_micro', s.limit_micro,
    'used_micro', s.used + amount)
end
local ready = {}
for queue in pairs(queues) do picks(queue, ready) end
return cjson.encode({ ready = ready, operations = real, made = announced })
