-- Shared by every script: the clock, row access and events. Prepended when a script is loaded.
local P = 'cutaway:'
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
local OPEN = P .. 'open'
local OVERRUN_TOLERANCE = 1.1
local function is_open(phase)
  return phase ~= 'done' and phase ~= 'failed' and phase ~= 'cancelled'
end
-- One event of a thread. Extra fields come as key, value, ...
local function emit(r, kind, ...)
  redis.call('XADD', P .. r.tenant .. ':thread:' .. r.thread .. ':events', '*', 'type', kind, 'at_ms', now_ms(),
    'message_id', r.message_id or '', 'version_id', r.version_id or '', ...)
end
local function emit_op(r, kind, ...)
  emit(r, kind, 'operation_id', r.id, 'shot_id', r.shot_id or '', ...)
end
-- Every version waiting for this operation's picture, not only the one that ordered it.
local function version_of(r) return { tenant = r.tenant, thread = r.thread, message_id = r.message_id, version_id = r.version_id } end
-- Give back what was held but not charged, in every scope, exactly once.
local function settle(r, charged)
  if r.money ~= 'held' then return end
  if charged > 0 then
    redis.call('XADD', P .. r.tenant .. ':spend', '*', 'operation_id', r.id, 'at_ms', now_ms(), 'thread', r.thread,
      'user', r.user or '', 'model', r.model, 'charged_micro', charged)
  end
  for _, scope in ipairs(cjson.decode(r.scopes or '[]')) do
    redis.call('HINCRBY', scope, 'held', -tonumber(r.hold_micro))
    if charged > 0 then redis.call('HINCRBY', scope, 'charged', charged) end
  end
end
