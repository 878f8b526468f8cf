-- Counts orders in doubt for longer than older_than_ms as charged in full: an old hold must not block a budget for ever,
-- and unknown is not free. `resolve` corrects it later. ARGV: limit, older_than_ms. Returns the number counted.
local t = now_ms()
local counted = 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', DOUBTS, '-inf', t - tonumber(ARGV[2]), 'LIMIT', 0, tonumber(ARGV[1]))) do
  local r = row(id)
  redis.call('ZREM', DOUBTS, id)
  if r and is_known(r) and r.phase == 'unknown' and r.money == 'held' then
    local total = tonumber(r.hold_micro)
    set(id, 'money', settle(r, total), 'counted_from', r.charged_micro, 'charged_micro', total)
    emit_op(r, 'operation.counted', 'kind', r.kind, 'model', r.model, 'charged_micro', total)
    counted = counted + 1
  end
end
return counted
