-- Add a version to the current branch, if its head is still the one the caller read.
-- KEYS[1] the thread's prefix. ARGV: version id, parent id ("" for none), the record without number and branch.
-- Returns {"ok", record} or {"conflict", head ("" for none), branch}.
local thread = KEYS[1]
local id, parent, body = ARGV[1], ARGV[2], ARGV[3]

local stored = redis.call('HGET', thread .. ':versions', id)
if stored then return {'ok', stored} end

local branch = redis.call('GET', thread .. ':branch') or 'main'
local head = redis.call('HGET', thread .. ':heads', branch) or ''
if head ~= parent then return {'conflict', head, branch} end

local number = redis.call('INCR', thread .. ':number')
-- Spliced, not re-encoded: cjson writes an empty array as an object.
local record = '{"number":' .. string.format('%d', number) .. ',"branch":' .. cjson.encode(branch) .. ',' .. string.sub(body, 2)
redis.call('HSET', thread .. ':versions', id, record)
redis.call('ZADD', thread .. ':numbers', number, id)
redis.call('HSET', thread .. ':heads', branch, id)
if head ~= '' then redis.call('RPUSH', thread .. ':past:' .. branch, head) end
redis.call('DEL', thread .. ':future:' .. branch)
return {'ok', record}
