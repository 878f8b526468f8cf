-- Make a branch current, creating it where that is asked for.
-- KEYS[1] the thread's prefix. ARGV: "branch" or "switch", the branch's name, the version to start from ("" for the
-- current head), the move's id ("" for none).
-- Returns {"ok", record}, {"nothing"}, {"missing"}, {"taken", head} or {"unknown", name, ...}.
local thread = KEYS[1]
local kind, name, from, move = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local versions, heads = thread .. ':versions', thread .. ':heads'

if move ~= '' then
  local done = redis.call('HGET', thread .. ':moves', kind .. ':' .. move)
  if done then return {'ok', redis.call('HGET', versions, done)} end
end

local head = redis.call('HGET', heads, name)
if head then
  if from ~= '' and from ~= head then return {'taken', head} end
elseif kind == 'switch' then
  local names = redis.call('HKEYS', heads)
  table.insert(names, 1, 'unknown')
  return names
else
  if from ~= '' then
    if redis.call('HEXISTS', versions, from) == 0 then return {'missing'} end
    head = from
  else
    head = redis.call('HGET', heads, redis.call('GET', thread .. ':branch') or 'main')
    if not head then return {'nothing'} end
  end
  redis.call('HSET', heads, name, head)
end

redis.call('SET', thread .. ':branch', name)
if move ~= '' then redis.call('HSET', thread .. ':moves', kind .. ':' .. move, head) end
return {'ok', redis.call('HGET', versions, head)}
