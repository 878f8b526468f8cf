-- Leases the remote operations whose time to be looked at has come. ARGV: limit, lease_ms.
-- Returns JSON [row, ...]; each is offered again after lease_ms, so a dead poller loses nothing.
local t = now_ms()
local due = redis.call('ZRANGEBYSCORE', P .. 'polls', '-inf', t, 'LIMIT', 0, tonumber(ARGV[1]))
local rows = {}
for _, id in ipairs(due) do
  local r = row(id)
  if r and (r.phase == 'submitted' or r.phase == 'unknown') and r.parked ~= '1' then
    redis.call('ZADD', P .. 'polls', t + tonumber(ARGV[2]), id)
    rows[#rows + 1] = r
  else
    redis.call('ZREM', P .. 'polls', id)
  end
end
if #rows == 0 then return '[]' end
return cjson.encode(rows)
