-- wrk: POST the lines of a file one after the other. %d in a line becomes another number each time, in every
-- run. Arguments: the mean pause of a connection between two requests (ms, 0: none), the file, then headers.
-- Prints percentiles of the latency in milliseconds.
local counter, thread, started = 0, 0, os.time()

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
  bodies = {}
  for line in io.lines(args[2]) do bodies[#bodies + 1] = line end
  wrk.method = "POST"
  for at = 3, #args do
    local name, value = args[at]:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
end

function request()
  counter = counter + 1
  local body = bodies[1 + (2 * counter + number) % #bodies]
  return wrk.format(nil, nil, nil, (body:gsub("%%d", started .. number .. counter)))
end

function done(summary, latency, requests)
  for _, percent in ipairs({50, 95, 99}) do
    print(string.format("p%d %.3f ms", percent, latency:percentile(percent) / 1000))
  end
end
