-- How busy a queue is. ARGV: queue. Returns {live workers, operations in work, operations that wait}.
local queue = ARGV[1]
local waiting = redis.call('ZCARD', line(queue, 'queued'))
for _, tenant in ipairs(redis.call('LRANGE', line(queue, 'tenants'), 0, -1)) do
  waiting = waiting + redis.call('ZCARD', backlog(queue, tenant))
end
return { redis.call('ZCOUNT', line(queue, 'workers'), now_ms(), '+inf'), redis.call('ZCARD', line(queue, 'busy')), waiting }
