-- wrk: POST a body in which %d is another number each time. Arguments: the mean pause of a connection between
-- two requests (ms, 0: none), the body, then headers.
local counter, thread = 0, 0

function setup(t)
  t:set("number", thread)
  thread = thread + 1
end

function init(args)
  local pause = tonumber(args[1])
  if pause > 0 then
    math.randomseed(number)
    function delay() return math.random(0, 2 * pause) end
  end
  body = args[2]
  wrk.method = "POST"
  for at = 3, #args do
    local name, value = args[at]:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
end

function request()
  counter = counter + 1
  return wrk.format(nil, nil, nil, (body:gsub("%%d", number * 100000000 + counter)))
end
