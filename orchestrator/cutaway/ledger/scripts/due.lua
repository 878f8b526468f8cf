-- Leases the remote operations whose time to be looked at has come. ARGV: limit, lease_ms.
-- Returns JSON [row, ...]; each is offered again after lease_ms, so a dead poller loses nothing.
local t, lease_ms = now_ms(), tonumber(ARGV[2])
local rows = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', POLLS, '-inf', t, 'LIMIT', 0, tonumber(ARGV[1]))) do
  local r = row(id)
  if r and (r.phase == 'submitted' or r.phase == 'unknown') and r.parked ~= '1' then
    redis.call('ZADD', POLLS, t + lease_ms, id)
    if is_known(r) then rows[#rows + 1] = r end
  else
    redis.call('ZREM', POLLS, id)
  end
end
if #rows == 0 then return '[]' end
return cjson.encode(rows)
