-- Move the head of the current branch: undo, redo, or restore a version.
-- KEYS[1] the thread's prefix. ARGV: "undo", "redo" or "restore", the move's id ("" for none), the version to restore.
-- Returns {"ok", record}, {"nothing"} or {"missing"}.
local thread = KEYS[1]
local kind, move, wanted = ARGV[1], ARGV[2], ARGV[3]
local versions = thread .. ':versions'

if move ~= '' then
  local done = redis.call('HGET', thread .. ':moves', kind .. ':' .. move)
  if done then return {'ok', redis.call('HGET', versions, done)} end
end

local branch = redis.call('GET', thread .. ':branch') or 'main'
local head = redis.call('HGET', thread .. ':heads', branch)
local past, future = thread .. ':past:' .. branch, thread .. ':future:' .. branch
local target

if kind == 'restore' then
  if redis.call('HEXISTS', versions, wanted) == 0 then return {'missing'} end
  target = wanted
  if head ~= target then
    if head then redis.call('RPUSH', past, head) end
    redis.call('DEL', future)
  end
elseif not head then
  return {'nothing'}
elseif kind == 'undo' then
  target = redis.call('RPOP', past)
  if not target then
    -- A fresh branch has no moves of its own; what came before is the parent.
    local parent = cjson.decode(redis.call('HGET', versions, head)).parent_id
    if parent == cjson.null then return {'nothing'} end
    target = parent
  end
  redis.call('RPUSH', future, head)
else
  target = redis.call('RPOP', future)
  if not target then return {'nothing'} end
  redis.call('RPUSH', past, head)
end

redis.call('HSET', thread .. ':heads', branch, target)
if move ~= '' then redis.call('HSET', thread .. ':moves', kind .. ':' .. move, target) end
return {'ok', redis.call('HGET', versions, target)}
