-- Counts whether a clip was kept, once for each operation. ARGV: tenant, operation id, kind of operation, outcome
-- (accepted|published|rejected), by ('host'|'turn'), now_ms ('': this server's), half_life_ms.
-- The hash 'cutaway:TENANT:acceptance' holds, by 'MODEL KIND', 'kept rejected at_ms'; both weights halve every half life.
-- Another outcome later moves the count: what is left of the first goes. Returns 1 when something was counted.
local tenant, id, kind, outcome, by, half_life = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], tonumber(ARGV[7])
local t = tonumber(ARGV[6])
if not t then
  local clock = redis.call('TIME')
  t = clock[1] * 1000 + math.floor(clock[2] / 1000)
end
local op = 'cutaway:op:' .. id
local r = redis.call('HMGET', op, 'tenant', 'phase', 'model', 'kind', 'outcome', 'outcome_ms')
if r[1] ~= tenant or r[2] ~= 'done' or r[4] ~= 'shot' then return 0 end
local before = r[5]
if before == outcome then return 0 end
-- A clip that went out was good enough, whatever else is tried afterwards.
if before == 'published' and by == 'turn' then return 0 end
local function left(since) return 0.5 ^ (math.max(0, t - since) / half_life) end
local key, name = 'cutaway:' .. tenant .. ':acceptance', r[3] .. ' ' .. kind
local kept, rejected, at = 0, 0, t
local stored = redis.call('HGET', key, name)
if stored then
  local k, n, ms = string.match(stored, '^(%S+) (%S+) (%S+)$')
  at = math.max(tonumber(ms), t)
  kept, rejected = tonumber(k) * left(tonumber(ms)), tonumber(n) * left(tonumber(ms))
end
local function is_kept(what) return what ~= 'rejected' end
redis.call('HSET', op, 'outcome', outcome)
if before and is_kept(before) == is_kept(outcome) then return 0 end
if before and is_kept(before) then kept = math.max(0, kept - left(tonumber(r[6]))) end
if before and not is_kept(before) then rejected = math.max(0, rejected - left(tonumber(r[6]))) end
if is_kept(outcome) then kept = kept + 1 else rejected = rejected + 1 end
redis.call('HSET', op, 'outcome_ms', t)
redis.call('HSET', key, name, string.format('%.9f %.9f %d', kept, rejected, at))
return 1
