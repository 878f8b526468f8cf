-- Read a thread in one moment.
-- KEYS[1] the thread's prefix. ARGV: "get" and an id, "number" and n, "head", "list", "count", or "branches".
-- Returns records; for "count" the number of versions; for "branches" the current name, then name and head by turns.
local thread = KEYS[1]
local kind, which = ARGV[1], ARGV[2]
local versions = thread .. ':versions'
local current = redis.call('GET', thread .. ':branch') or 'main'

if kind == 'branches' then
  local heads = redis.call('HGETALL', thread .. ':heads')
  table.insert(heads, 1, current)
  return heads
end

if kind == 'count' then return redis.call('ZCARD', thread .. ':numbers') end

local ids = {}
if kind == 'get' then
  ids = {which}
elseif kind == 'number' then
  ids = redis.call('ZRANGEBYSCORE', thread .. ':numbers', which, which)
elseif kind == 'list' then
  ids = redis.call('ZRANGE', thread .. ':numbers', 0, -1)
else
  local head = redis.call('HGET', thread .. ':heads', current)
  if head then ids = {head} end
end

local records = {}
for _, id in ipairs(ids) do
  local record = redis.call('HGET', versions, id)
  if record then table.insert(records, record) end
end
return records
