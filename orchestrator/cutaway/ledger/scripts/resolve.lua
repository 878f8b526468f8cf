-- A person says what became of an order in doubt. ARGV: id, taken (0|1), cost_micro (-1: the whole hold), error JSON.
-- What was counted as charged meanwhile is corrected. Returns JSON {applied: 0|1, ready: [[id, queue]]}.
local r = row(ARGV[1])
local ready = {}
if not r or r.phase ~= 'unknown' then return cjson.encode({ applied = 0, ready = ready }) end
local before = tonumber(r.counted_from or r.charged_micro)
local cost = tonumber(ARGV[3])
local total = before
if ARGV[2] == '1' then total = cost >= 0 and before + cost or math.max(tonumber(r.hold_micro), before) end
if r.money == 'settled' then
  local change = total - tonumber(r.charged_micro)
  record(r, change)
  move_budgets(r, 0, change, 0, change)
  r.charged_micro = total
  set(r.id, 'money', total > 0 and 'settled' or 'released')
  r.money = total > 0 and 'settled' or 'released'
end
stop(r, 'failed', ARGV[4], total)
picks(r.queue, ready)
return cjson.encode({ applied = 1, ready = ready })
