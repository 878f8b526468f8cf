-- Shared by every script: the clock, rows, events, money, the line before the workers. Prepended when a script is loaded.
local P = 'cutaway:'
local SCHEMA = 2
local OPEN, POLLS, DOUBTS = P .. 'open', P .. 'polls', P .. 'doubts'
local OVERRUN_TOLERANCE = 1.1
local WAKE_AGAIN_MS = 2000
local function now_ms()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function op_key(id) return P .. 'op:' .. id end
local function row(id)
  local flat = redis.call('HGETALL', op_key(id))
  if #flat == 0 then return nil end
  local r = {}
  for i = 1, #flat, 2 do r[flat[i]] = flat[i + 1] end
  return r
end
local function set(id, ...) redis.call('HSET', op_key(id), 'updated_ms', now_ms(), ...) end
local function tenant_key(r, what) return P .. r.tenant .. ':' .. what end
local function provider_of(model) return string.match(model, '^([^:/]+)') or '' end
local function is_open(phase)
  return phase ~= 'done' and phase ~= 'failed' and phase ~= 'cancelled'
end
-- A row of a newer schema is left to workers that know it.
local function is_known(r) return tonumber(r.schema) <= SCHEMA end
local function asked_to_stop(r) return r.cancel == '1' or r.cancel == 'refused' end

-- One event of a thread. Extra fields come as key, value, ...
local function emit(r, kind, ...)
  redis.call('XADD', P .. r.tenant .. ':thread:' .. r.thread .. ':events', '*', 'type', kind, 'at_ms', now_ms(),
    'message_id', r.message_id or '', 'version_id', r.version_id or '', ...)
end
local function emit_op(r, kind, ...)
  emit(r, kind, 'operation_id', r.id, 'shot_id', r.shot_id or '', ...)
end

-- The line: orders that are ready stand in their tenant's backlog until `picks` puts them before a worker.
local function line(queue, what) return P .. 'line:' .. queue .. ':' .. what end
local function backlog(queue, tenant) return line(queue, 'tenant:' .. tenant) end
local function flying(r)
  return P .. 'flying:tenant:' .. r.tenant, P .. 'flying:provider:' .. provider_of(r.model)
end
local function leave_line(r)
  redis.call('ZREM', line(r.queue, 'queued'), r.id)
  redis.call('ZREM', line(r.queue, 'busy'), r.id)
  if redis.call('ZREM', backlog(r.queue, r.tenant), r.id) == 1 and
      redis.call('EXISTS', backlog(r.queue, r.tenant)) == 0 then
    redis.call('LREM', line(r.queue, 'tenants'), 0, r.tenant)
    redis.call('HDEL', line(r.queue, 'deficits'), r.tenant)
  end
end
-- Neither before a worker nor with a vendor any more: it no longer counts against what may fly at once.
local function land(r)
  leave_line(r)
  local by_tenant, by_provider = flying(r)
  redis.call('SREM', by_tenant, r.id)
  redis.call('SREM', by_provider, r.id)
end
-- Waiting turns into age: a lower priority is overtaken for a minute per step and no longer, so nothing starves.
local PRIORITY_MS = 60000
local function stand_in_line(r)
  leave_line(r)
  local t = now_ms()
  -- What is paid for, and what already lost a worker, comes before anything new.
  local first = r.phase == 'rendered' or tonumber(r.attempts or 0) > 0
  local priority = first and -1 or tonumber(r.priority or 0)
  if redis.call('EXISTS', backlog(r.queue, r.tenant)) == 0 then
    redis.call('RPUSH', line(r.queue, 'tenants'), r.tenant)
  end
  redis.call('ZADD', backlog(r.queue, r.tenant), t + priority * PRIORITY_MS, r.id)
  redis.call('ZADD', OPEN, t + WAKE_AGAIN_MS, r.id)
end
local LOOK_AHEAD = 64
local UNLIMITED = 1e15
-- Why nothing may be ordered from this model for this tenant now, or nil; the person who waits is told once.
local function frozen(r)
  local found = redis.call('HMGET', P .. 'frozen', 'all', 'tenant:' .. r.tenant, 'provider:' .. provider_of(r.model),
    'model:' .. r.model)
  local reason = found[1] or found[2] or found[3] or found[4]
  if reason and r.held_back ~= reason then
    set(r.id, 'held_back', reason)
    emit_op(r, 'operation.held_back', 'kind', r.kind, 'model', r.model, 'reason', reason)
  end
  return reason
end
-- What a place in the line depends on; the whole row, with its order, would be much to read for many of them.
local BRIEF = { 'id', 'tenant', 'thread', 'version_id', 'message_id', 'shot_id', 'kind', 'phase', 'model', 'weight_s', 'held_back' }
local function brief(id)
  local r = {}
  for i, value in ipairs(redis.call('HMGET', op_key(id), unpack(BRIEF))) do r[BRIEF[i]] = value or nil end
  return r
end
-- The tenant's first order, in brief, that no freeze and no cap holds back, or nil.
local function first_free(queue, tenant)
  for _, id in ipairs(redis.call('ZRANGE', backlog(queue, tenant), 0, LOOK_AHEAD - 1)) do
    local r = brief(id)
    if r.phase == 'rendered' then return r end
    if queue ~= 'io' or not frozen(r) then
      local by_tenant, by_provider = flying(r)
      local caps = redis.call('HMGET', P .. 'caps', 'tenant:' .. tenant, 'tenant', 'provider:' .. provider_of(r.model))
      if redis.call('SCARD', by_tenant) < tonumber(caps[1] or caps[2] or UNLIMITED) and
          redis.call('SCARD', by_provider) < tonumber(caps[3] or UNLIMITED) then
        return r
      end
    end
  end
  return nil
end
-- Seconds of output, as far as they count for taking turns.
local function weight(r)
  return r.phase == 'rendered' and 1 or math.max(1, math.min(60, tonumber(r.weight_s or 1)))
end
-- Deficit round robin between tenants, by seconds of output: each gets QUANTUM_S of work in turn. As many are picked as
-- the queue may hold, twice its free workers; `picked` gets {id, queue} of each.
local QUANTUM_S = 10
local function picks(queue, picked)
  local tenants = line(queue, 'tenants')
  if redis.call('EXISTS', tenants) == 0 then return end
  local t = now_ms()
  local workers = math.max(1, redis.call('ZCOUNT', line(queue, 'workers'), t, '+inf'))
  local room = 2 * math.max(0, workers - redis.call('ZCARD', line(queue, 'busy')))
    - redis.call('ZCARD', line(queue, 'queued'))
  local deficits, held_back = line(queue, 'deficits'), 0
  while room > 0 do
    local tenant = redis.call('LINDEX', tenants, 0)
    if not tenant or held_back >= redis.call('LLEN', tenants) then break end
    local deficit = tonumber(redis.call('HGET', deficits, tenant) or 0)
    if redis.call('HGET', deficits, '@turn') ~= tenant then
      deficit = deficit + QUANTUM_S
      redis.call('HSET', deficits, '@turn', tenant, tenant, deficit)
    end
    local next = first_free(queue, tenant)
    if next and weight(next) <= deficit then
      local id = next.id
      held_back, room = 0, room - 1
      redis.call('ZREM', backlog(queue, tenant), id)
      redis.call('ZADD', line(queue, 'queued'), t, id)
      redis.call('ZADD', OPEN, t + WAKE_AGAIN_MS, id)
      local by_tenant, by_provider = flying(next)
      redis.call('SADD', by_tenant, id)
      redis.call('SADD', by_provider, id)
      picked[#picked + 1] = { id, queue }
      if redis.call('EXISTS', backlog(queue, tenant)) == 0 then
        redis.call('LPOP', tenants)
        redis.call('HDEL', deficits, tenant, '@turn')
      else
        redis.call('HSET', deficits, tenant, deficit - weight(next))
      end
    else
      -- Its turn is over, or caps hold everything of it back; saved-up turns would only turn into a burst later.
      if not next then
        held_back = held_back + 1
        redis.call('HDEL', deficits, tenant)
      else
        held_back = 0
      end
      redis.call('LMOVE', tenants, tenants, 'LEFT', 'RIGHT')
      redis.call('HDEL', deficits, '@turn')
    end
  end
end

-- Money. One record of what was charged, whatever the operation's end.
local function record(r, amount)
  if amount == 0 then return end
  redis.call('XADD', P .. r.tenant .. ':spend', '*', 'operation_id', r.id, 'at_ms', now_ms(), 'thread', r.thread,
    'user', r.user or '', 'model', r.model, 'tags', r.tags or '[]', 'charged_micro', amount)
end
local function scopes_of(r) return cjson.decode(r.scopes or '[]') end
local function move_budgets(r, held, charged, by_provider_held, by_provider_charged)
  for _, scope in ipairs(scopes_of(r)) do
    if held ~= 0 then redis.call('HINCRBY', scope, 'held', held) end
    if charged ~= 0 then redis.call('HINCRBY', scope, 'charged', charged) end
  end
  local provider_scope = r.provider_scope or ''
  if provider_scope ~= '' then
    if by_provider_held ~= 0 then redis.call('HINCRBY', provider_scope, 'held', by_provider_held) end
    if by_provider_charged ~= 0 then redis.call('HINCRBY', provider_scope, 'charged', by_provider_charged) end
  end
end
-- The vendor billed more than was held: a fact to book. Clearly more than its price says: nothing new is ordered there
-- until a person has looked.
local function overrun(r, total)
  emit_op(r, 'operation.overrun', 'kind', r.kind, 'model', r.model, 'charged_micro', total)
  if total > tonumber(r.hold_micro) * OVERRUN_TOLERANCE then
    redis.call('HSET', P .. 'frozen', 'model:' .. r.model,
      'billed ' .. total .. ' for a hold of ' .. r.hold_micro .. ' micro-USD')
  end
end
-- Give back what was held but not charged, in every scope, exactly once; gives the money's new state.
local function settle(r, total)
  if r.money == 'settled' or r.money == 'released' then return r.money end
  local hold, before = tonumber(r.hold_micro), tonumber(r.charged_micro)
  record(r, total - before)
  move_budgets(r, -hold, total, -tonumber(r.provider_held or 0), total - before)
  if total > hold then overrun(r, total) end
  if total > 0 then return 'settled' end
  return r.money == 'held' and 'released' or r.money
end
-- A hold that need not be as large any more: what is left over goes back.
local function shrink_hold(r, hold)
  local spare = tonumber(r.hold_micro) - hold
  if r.money ~= 'held' or spare <= 0 then return end
  move_budgets(r, -spare, 0, 0, 0)
  redis.call('HSET', op_key(r.id), 'hold_micro', hold)
end

-- The end of an operation without a result, and of everything that waits for it.
local function doubts_of(r) return tenant_key(r, 'thread:' .. r.thread .. ':doubts') end
local function no_doubt(r)
  redis.call('ZREM', DOUBTS, r.id)
  redis.call('SREM', doubts_of(r), r.id)
end
local function close(r)
  redis.call('ZREM', OPEN, r.id)
  redis.call('ZREM', POLLS, r.id)
  no_doubt(r)
  land(r)
  if redis.call('HGET', tenant_key(r, 'making'), r.key) == r.id then redis.call('HDEL', tenant_key(r, 'making'), r.key) end
end
local function stop_one(r, phase, err, total)
  set(r.id, 'phase', phase, 'money', settle(r, total), 'error', err, 'charged_micro', total, 'done_ms', now_ms())
  close(r)
  emit_op(r, 'operation.' .. phase, 'kind', r.kind, 'model', r.model, 'error', err, 'charged_micro', total)
  if r.kind == 'cut' then
    for _, v in ipairs(redis.call('SMEMBERS', op_key(r.id) .. ':versions')) do
      local w = cjson.decode(v)
      emit({ tenant = r.tenant, thread = w[1], version_id = w[2], message_id = w[3] }, 'version.failed', 'error', err)
    end
  end
end
local function stop(r, phase, err, total)
  stop_one(r, phase, err, total)
  local gone = { r.id }
  while #gone > 0 do
    local id = table.remove(gone)
    for _, d in ipairs(redis.call('SMEMBERS', op_key(id) .. ':dependants')) do
      local w = row(d)
      if w and w.phase == 'waiting' then
        stop_one(w, 'cancelled', err, tonumber(w.charged_micro))
        gone[#gone + 1] = d
      end
    end
    redis.call('DEL', op_key(id) .. ':dependants')
  end
end
-- Nobody can say whether the vendor took the order: the hold stays, and it is looked for.
local function doubt(r, err, t)
  if r.doubtful ~= '1' then set(r.id, 'doubt_fence', r.fence) end
  set(r.id, 'phase', 'unknown', 'error', err, 'lease_until_ms', 0, 'doubt_ms', t, 'doubtful', 1)
  redis.call('ZADD', OPEN, '+inf', r.id)
  redis.call('ZADD', POLLS, t, r.id)
  redis.call('ZADD', DOUBTS, t, r.id)
  redis.call('SADD', doubts_of(r), r.id)
  leave_line(r)
  emit_op(r, 'operation.unknown', 'kind', r.kind, 'model', r.model, 'error', err)
end
-- Only a person can tell what became of it: the hold stays, and nothing is sent any more.
local function park(r, err)
  local t = now_ms()
  set(r.id, 'phase', 'unknown', 'parked', 1, 'error', err, 'lease_until_ms', 0)
  redis.call('ZADD', OPEN, '+inf', r.id)
  redis.call('ZREM', POLLS, r.id)
  redis.call('ZADD', DOUBTS, 'NX', t, r.id)
  redis.call('SADD', doubts_of(r), r.id)
  land(r)
  emit_op(r, 'operation.parked', 'kind', r.kind, 'model', r.model, 'error', err)
end
-- Asked again under the same key, since that is how its vendor tells: until it answers, an earlier try may be charged.
local function may_be_taken(r)
  if r.doubtful ~= '1' then return false end
  return r.phase == 'ready' or ((r.phase == 'submitting' or r.phase == 'unknown') and r.doubt_fence ~= r.fence)
end
-- A sure refusal that comes late ends the doubt about its own try.
local function end_doubt(r)
  no_doubt(r)
  redis.call('ZREM', POLLS, r.id)
  set(r.id, 'doubtful', 0, 'parked', 0)
end
