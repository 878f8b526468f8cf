-- Finds open operations whose time has come: ready but not picked up, or whose lease ran out.
-- A submission whose worker fell silent becomes unknown: its bytes may have left. ARGV: limit, again_ms, settle_ms.
-- Each is pushed back by again_ms so that many sweepers do not wake it at once. Returns JSON [[id, queue], ...].
local t = now_ms()
local due = redis.call('ZRANGEBYSCORE', OPEN, '-inf', t, 'LIMIT', 0, tonumber(ARGV[1]))
local wake = {}
for _, id in ipairs(due) do
  local r = redis.call('HMGET', op_key(id), 'phase', 'queue')
  if not r[1] or not is_open(r[1]) then
    redis.call('ZREM', OPEN, id)
  elseif r[1] == 'submitting' then
    local o = row(id)
    local error = cjson.encode({ code = 'submit_unknown', message = 'The worker fell silent while it placed the order.' })
    set(id, 'phase', 'unknown', 'error', error, 'lease_until_ms', 0, 'doubt_ms', t)
    redis.call('ZADD', OPEN, '+inf', id)
    redis.call('ZADD', P .. 'polls', t + tonumber(ARGV[3]), id)
    emit_op(o, 'operation.unknown', 'kind', o.kind, 'model', o.model, 'error', error)
  elseif r[1] == 'waiting' then
    redis.call('ZADD', OPEN, '+inf', id)
  else
    redis.call('ZADD', OPEN, t + tonumber(ARGV[2]), id)
    wake[#wake + 1] = { id, r[2] }
  end
end
if #wake == 0 then return '[]' end
return cjson.encode(wake)
