-- Moves the beginning of work that waits for its time. ARGV: JSON {id: not_before_ms}.
-- What has begun, waits for something else by now, or was cancelled stays as it is. Returns how many moved.
local t, moved = now_ms(), 0
for id, at in pairs(cjson.decode(ARGV[1])) do
  local r = row(id)
  if r and is_known(r) and r.phase == 'waiting' and tonumber(r.not_before_ms or 0) > 0 then
    at = math.max(at, t)
    set(id, 'not_before_ms', at)
    redis.call('ZADD', OPEN, at, id)
    moved = moved + 1
  end
end
return moved
