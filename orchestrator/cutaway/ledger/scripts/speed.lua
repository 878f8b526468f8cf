-- Counts how long an operation took from its order to its clip, once. ARGV: operation id, kind of operation, sample size.
-- The last seconds of each model and kind are kept; the hash 'cutaway:speeds' has their p50, p90 (nearest rank) and count.
local id, kind, size = ARGV[1], ARGV[2], tonumber(ARGV[3])
local key = 'cutaway:op:' .. id
local r = redis.call('HMGET', key, 'intent_ms', 'done_ms', 'phase', 'model', 'timed')
if r[3] ~= 'done' or not r[1] or not r[2] or r[5] then return 0 end
local seconds = (tonumber(r[2]) - tonumber(r[1])) / 1000
if seconds <= 0 then return 0 end
redis.call('HSET', key, 'timed', 1)
local name = r[4] .. ' ' .. kind
local sample = 'cutaway:speed:' .. name
redis.call('LPUSH', sample, string.format('%.3f', seconds))
redis.call('LTRIM', sample, 0, size - 1)
local found = {}
for i, text in ipairs(redis.call('LRANGE', sample, 0, size - 1)) do found[i] = tonumber(text) end
table.sort(found)
local function rank(share) return found[math.max(1, math.ceil(share * #found))] end
redis.call('HSET', 'cutaway:speeds', name, string.format('%.3f %.3f %d', rank(0.5), rank(0.9), #found))
return 1
