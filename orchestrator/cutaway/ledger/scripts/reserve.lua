-- Holds amounts in many budgets at once, or in none. Shared by scripts that admit orders.
local SHARES = { 100, 80, 50 }
local function no_room(scope, headroom, needed)
  return { budget = scope.name, limit_micro = scope.limit_micro, headroom_micro = headroom, needed_micro = needed }
end
-- `wanted` is a list of {scope, amount_micro}; `limits_key` the hash in which people keep lowered limits.
-- Returns the refusal of the first budget without room, or nil and what was crossed: {scope, percent, used_micro}.
local function reserve(wanted, limits_key)
  local crossed = {}
  if #wanted == 0 then return nil, crossed end
  local lowered = {}
  if redis.call('EXISTS', limits_key) == 1 then
    local names = {}
    for _, pair in ipairs(wanted) do
      names[#names + 1] = pair[1].name
      names[#names + 1] = pair[1].name .. ':' .. pair[1].who
    end
    lowered = redis.call('HMGET', limits_key, unpack(names))
  end
  -- Every scope is checked before any is touched.
  for i, pair in ipairs(wanted) do
    local s, amount = pair[1], pair[2]
    s.limit_micro = math.min(s.limit_micro, tonumber(lowered[2 * i] or lowered[2 * i - 1] or s.limit_micro))
    local used = redis.call('HMGET', s.key, 'held', 'charged')
    s.used = (tonumber(used[1]) or 0) + (tonumber(used[2]) or 0)
    if s.used + amount > s.limit_micro then return no_room(s, s.limit_micro - s.used, amount) end
  end
  for _, pair in ipairs(wanted) do
    local s, amount = pair[1], pair[2]
    local used = s.used + amount
    redis.call('HINCRBY', s.key, 'held', amount)
    if s.ttl_s > 0 then redis.call('EXPIRE', s.key, s.ttl_s) end
    if used * 2 >= s.limit_micro then
      -- Once per window and share, the largest share crossed now.
      for _, percent in ipairs(SHARES) do
        local mark = s.limit_micro * percent / 100
        if s.used < mark and used >= mark then
          if redis.call('HSETNX', s.key, 'told_' .. percent, 1) == 1 then crossed[#crossed + 1] = { s, percent, used } end
          break
        end
      end
    end
  end
  return nil, crossed
end
