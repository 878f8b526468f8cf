-- Nobody can say whether the vendor took the order: keep the hold, look for it, never send it again by itself.
-- ARGV: id, fence, error JSON. Returns JSON {applied: 0|1, ready: [[id, queue]]}; 0 when the operation went on without
-- the caller.
local r = row(ARGV[1])
local ready = {}
if not r or r.fence ~= ARGV[2] or r.phase ~= 'submitting' then return cjson.encode({ applied = 0, ready = ready }) end
doubt(r, ARGV[3], now_ms())
picks(r.queue, ready)
return cjson.encode({ applied = 1, ready = ready })
