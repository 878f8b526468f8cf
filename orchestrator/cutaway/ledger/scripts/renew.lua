-- Keeps a lease and says how far the work is. ARGV: id, fence, lease_ms, progress (0..1), announce (0|1).
-- Returns 1; 2 when somebody asked to stop; 0 when the fence is no longer this worker's.
local id, fence, lease_ms = ARGV[1], ARGV[2], tonumber(ARGV[3])
local r = row(id)
if not r or r.fence ~= fence or (r.phase ~= 'submitted' and r.phase ~= 'rendered') then return 0 end
local t = now_ms()
set(id, 'lease_until_ms', t + lease_ms, 'progress', ARGV[4])
redis.call('ZADD', OPEN, t + lease_ms, id)
redis.call('ZADD', line(r.queue, 'busy'), t + lease_ms, id)
if ARGV[5] == '1' then emit_op(r, 'operation.progress', 'kind', r.kind, 'share', ARGV[4]) end
return r.phase == 'submitted' and asked_to_stop(r) and 2 or 1
