-- One circuit breaker for each of a few names: closed, open until a time, then half-open with one probe at a time.
-- ARGV: event, operation, names JSON, model, kind, said, retry_after_ms (-1: none), now_ms ('': this server's), terms JSON
--   {failures, window_ms, open_ms, account_ms, longest_ms, probe_ms}, stage ('order'|'job', of a failure).
-- admit     may this order leave? Returns the milliseconds to wait, 0 when it may; in a half-open breaker it is the probe
-- taken     the vendor took the order      failed    an order or a job of it failed for a reason that counts
-- answered  it ended for a reason that says nothing of the vendor's health (refused content)      done  its clip is there
-- The hash 'cutaway:breakers' holds every breaker that is not closed, as JSON; 'cutaway:health:NAME' what came of the
-- last orders, newest first, as 'ms model orders failures'.
local event, operation, names, model, kind, said = ARGV[1], ARGV[2], cjson.decode(ARGV[3]), ARGV[4], ARGV[5], ARGV[6]
local retry_ms, terms, stage = tonumber(ARGV[7]), cjson.decode(ARGV[9]), ARGV[10]
local t = tonumber(ARGV[8])
if not t then
  local clock = redis.call('TIME')
  t = clock[1] * 1000 + math.floor(clock[2] / 1000)
end
local OPEN, KEPT = 'cutaway:breakers', 200
local function breaker(name)
  local text = redis.call('HGET', OPEN, name)
  return text and cjson.decode(text)
end
local function keep(name, b) redis.call('HSET', OPEN, name, cjson.encode(b)) end
local function health(name) return 'cutaway:health:' .. name end
local function close(name)
  redis.call('HDEL', OPEN, name)
  redis.call('DEL', health(name))
end
local function probed_by_other(b) return b.probe and b.probe ~= operation and b.probe_until_ms > t end

if event == 'admit' then
  local wait = 0
  for _, name in ipairs(names) do
    local b = breaker(name)
    if b and t < b.until_ms then
      wait = math.max(wait, b.until_ms - t)
    elseif b and probed_by_other(b) then
      wait = math.max(wait, math.min(b.probe_until_ms - t, terms.open_ms / 4))
    end
  end
  if wait > 0 then return wait end
  for _, name in ipairs(names) do
    local b = breaker(name)
    if b then
      b.probe, b.probe_until_ms = operation, t + terms.probe_ms
      keep(name, b)
    end
  end
  return 0
end

local function note(name, orders, failures)
  local key = health(name)
  redis.call('LPUSH', key, t .. ' ' .. model .. ' ' .. orders .. ' ' .. failures)
  redis.call('LTRIM', key, 0, KEPT - 1)
  redis.call('PEXPIRE', key, terms.window_ms)
end
-- What came of the orders in the window: orders, failures, when the first of them failed, how many models failed.
local function sums(name)
  local orders, failures, since, models, seen = 0, 0, t, 0, {}
  for _, entry in ipairs(redis.call('LRANGE', health(name), 0, KEPT - 1)) do
    local ms, of, o, f = string.match(entry, '^(%d+) (%S+) (%d) (%d)$')
    ms = tonumber(ms)
    if ms and ms > t - terms.window_ms then
      orders, failures = orders + tonumber(o), failures + tonumber(f)
      if f == '1' then
        since = math.min(since, ms)
        if not seen[of] then seen[of], models = true, models + 1 end
      end
    end
  end
  return math.max(orders, failures), failures, since, models
end
local function open(name, b, for_ms)
  local orders, failures, since = sums(name)
  local trips = (b and b.trips or 0) + 1
  -- What a vendor asked for may be longer than we would wait, and is never cut short.
  local wait = math.min(for_ms * 2 ^ (trips - 1), math.max(terms.longest_ms, for_ms))
  keep(name, {
    until_ms = t + math.max(wait, retry_ms), trips = trips, orders = orders, failures = failures,
    since_ms = b and b.since_ms or since, said = said, by = stage,
  })
end

for _, name in ipairs(names) do
  local b = breaker(name)
  local is_probe = b and b.probe == operation
  if event == 'done' then
    if is_probe then close(name) end
  elseif event == 'answered' then
    if is_probe then
      b.probe, b.probe_until_ms = nil, nil
      keep(name, b)
    end
  elseif event == 'taken' then
    -- A vendor that refused orders and takes one again is well; one whose jobs failed must finish one.
    if is_probe and b.by == 'order' then
      close(name)
    end
    note(name, 1, 0)
  elseif event == 'failed' then
    local account = kind == 'auth' or kind == 'balance'
    local whole = name ~= model
    note(name, stage == 'order' and 1 or 0, 1)
    if account then
      -- A key that is no good, or an account without money, is the whole account's trouble.
      if whole and not (b and t < b.until_ms) then open(name, b, terms.account_ms) end
    elseif is_probe then
      open(name, b, terms.open_ms)
    elseif not b then
      local orders, failures, _, models = sums(name)
      -- One model that fails alone is its own breaker's business; the vendor is in trouble when several do.
      if failures >= terms.failures and failures * 2 >= orders and (not whole or models > 1) then
        open(name, nil, terms.open_ms)
      end
    end
    b = breaker(name)
    if b and b.probe == operation then
      b.probe, b.probe_until_ms = nil, nil
      keep(name, b)
    end
  end
end
return 0
