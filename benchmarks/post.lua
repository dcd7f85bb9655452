-- wrk: POST a body in which %d is another number each time. Arguments: the body, then headers.
local counter, thread = 0, 0

function setup(t)
  t:set("number", thread)
  thread = thread + 1
end

function init(args)
  body = args[1]
  wrk.method = "POST"
  for at = 2, #args do
    local name, value = args[at]:match("^([^:]+): (.*)$")
    wrk.headers[name] = value
  end
end

function request()
  counter = counter + 1
  return wrk.format(nil, nil, nil, (body:gsub("%%d", number * 100000000 + counter)))
end
