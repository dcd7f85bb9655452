"""English words that are confused because they look or sound alike, told apart by their neighbours."""

from moderation.domain.spelling.rules.phrases import phrase

_MODIFIED = "function|method|object|type|class|module|feature|library|tool|support|operator|variable|property"

ENGLISH_CONFUSIONS = [
    phrase(rf"built in (?=(?:{_MODIFIED})s?\b)", "built-in "),
    phrase(r"(case|context|time|user) (sensitive|insensitive|dependent|consuming|friendly|defined)",
           r"\1-\2"),
    phrase(r"third party (?=[a-z]+s?\b)", "third-party ", 0.9),
    phrase(r"(are|is|have|has|with|for|need|needs|takes?|saves?) lot of", r"\1 a lot of"),
    phrase(r"(to|can|will|you|we|must|should|please|may|users?) (log|sign)(in|out|up)", r"\1 \2 \3"),
    phrase(r"(to|can|will|you|we|must|should|please|may|let's) (set|back|clean|look|warm)up", r"\1 \2 up"),
    phrase(r"weather (?=(?:it|the|we|you|or|to|a|an|this|they|there|he|she|i)\b)", "whether "),
    phrase(r"quiet (?=(?:a|an|different|simple|easy|often|common|similar|useful|well|good|hard|long|"
           r"large)\b)", "quite "),
    phrase(r"(was|were|has|have|had|been|that) lead (?=(?:to|by|us|them|the)\b)", r"\1 led "),
    phrase(r"(is|are|was|were|be|been|being|value|argument|parameter|function) past (?=(?:to|as|by|"
           r"into)\b)", r"\1 passed "),
    phrase(r"(to|can|will|may|must|should) except (?=(?:a|an|the|any|all)\b)", r"\1 accept "),
    phrase(r"(places?|cases?|situations?|point|moment) were (?=(?:the|we|you|it|they|a|an|this)\b)",
           r"\1 where "),
    phrase(r"were (?=(?:is|are|we|you|it)\b)", "where ", 0.92),
    phrase(r"where (?=(?:not|also|created|made|used|found|built|added|removed)\b)", "were ", 0.9),
    phrase(r"(turn|turned|turns|turning|switch|switched|switches|switching|far|cut|take|took) of",
           r"\1 off", 0.92),
    phrase(r"(kind|kinds|type|types|instance|value|one|some|most|part|number|list|set|because|instead|out|lots?|all|"
           r"copy|end|beginning|result) off", r"\1 of", 0.95),
    phrase(r"(another|each|every|the (?:first|last|second|same|old|new|right|left|only|"
           r"other)) on(?= (?:is|was|has|"
           r"will|can|of|that|which)\b)", r"\1 one"),
    phrase(r"one (?=(?:the|top)\b)", "on ", 0.9),
    phrase(r"(to|don't|doesn't|let's|didn't|may not|should) now", r"\1 know"),
    phrase(r"know,? (?=let's\b)", "now ", 0.95),
    phrase(r"(of|in|for|with|all|both|between|use|call|make|set|get|from|about) then", r"\1 them", 0.92),
    phrase(r"the (?=(?:are|were|have|can|will|do|don't|may|must|should|could)\b)", "they "),
    phrase(r"you (?=(?:own|code|browser|server|name|data|application|project|computer|script)\b)", "your "),
    phrase(r"your (?=(?:can|will|need|should|may|must|have|want|could|don't|are)\b)", "you ", 0.95),
    phrase(r"(is|are|was|were|be) use to", r"\1 used to", 0.95),
    phrase(r"the same (?:with|like|that)", "the same as", 0.9),
]  # fmt: skip
