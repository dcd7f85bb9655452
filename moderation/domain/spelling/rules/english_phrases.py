"""English phrases: confused words, prepositions, apostrophes, and one word or two."""

from moderation.domain.spelling.rules.phrases import phrase, phrases_of

_FIXED = """
loosing = losing
looses = loses
could of = could have
should of = should have
would of = would have
must of = must have
to say the truth = to tell the truth
in other word = in other words
put it simple = put it simply
an other = another
vise versa = vice versa
vise-versa = vice versa
all ready = already
all so = also
any thing = anything
every thing = everything
some thing = something
any where = anywhere
every where = everywhere
some times = sometimes
it self = itself
them selves = themselves
our selves = ourselves
your self = yourself
with out = without
how ever = however
there fore = therefore
mean while = meanwhile
can not = cannot
in to = into
informations = information
softwares = software
equipments = equipment
advices = advice
e.g = e.g.
i.e = i.e.
he don't = he doesn't
she don't = she doesn't
it don't = it doesn't
they doesn't = they don't
we doesn't = we don't
you doesn't = you don't
i doesn't = i don't
we is = we are
you is = you are
they is = they are
we was = we were
you was = you were
they was = they were
they has = they have
we has = we have
you has = you have
he have = he has
she have = she has
capable to = capable of
instead to = instead of
in case if = in case
on other hand = on the other hand
as oppose to = as opposed to
in regards to = in regard to
more easy = easier
more better = better
each others = each other
in the internet = on the internet
from the first glance = at first glance
on the first glance = at first glance
so called = so-called
bellow = below
accept for = except for
it own = its own
"""
_MORE = (
    "more|less|fewer|rather|other|better|worse|greater|larger|bigger|smaller|higher|lower|faster|slower|longer|"
    "shorter|easier|later|earlier|older|newer|further|stronger|simpler|safer|deeper|wider|harder|cheaper|sooner"
)
_DO = "to|we|you|they|i|will|can|could|may|might|would|should|must|not|don't|doesn't|didn't|can't|won't|"
"never|cannot"
_PREDICATE = (
    "a|an|the|not|just|so|very|too|also|only|always|never|been|quite|really|still|possible|impossible|important|"
    "better|best|easy|easier|hard|harder|clear|worth|ok|okay|up|like|because|called|used|about|time|good|bad|great|"
    "nice|fine|true|false|all|in|on|at|to|for|from|now|already|almost|enough|what|how|why|where|when|that|this|"
    "no|as|more|less|much|often|usually|sometimes|recommended|necessary|needed|useful|safe|simple|simpler|common|"
    "different|equal|empty|done|going|being|pretty|rather|supposed|allowed|obvious|interesting|there|here"
)

ENGLISH_PHRASES = [
    *phrases_of(_FIXED),
    phrase(rf"({_DO}|and then we|then we) loose", r"\1 lose", 0.95),
    phrase(rf"({_MORE})((?: [a-z]+){{0,3}}) then", r"\1\2 than", 0.93),
    phrase(rf"({_MORE}) (?:when|that|as)", r"\1 than", 0.9),
    phrase(r"different then", "different than", 0.9),
    phrase(r"(if [^.?!,]{1,50}), than", r"\1, then", 0.93),
    phrase(r"(and|since|just|but|only|first|now) than", r"\1 then", 0.92),
    phrase(rf"it(?:'|’)s (?!(?:{_PREDICATE})\b|\w+(?:ing|ed|en|ly)\b)(?=[a-z]+)", "its ", 0.92),
    phrase(rf"its (?=(?:{_PREDICATE})\b)(?!(?:best|all|empty|true|best|common|time|up|that|this|here|"
           "there|no|as) )",
           "it's ", 0.92),
    phrase(r"your (?=(?:welcome|going|doing|using|right|not|a|an|the|in|on|able|allowed|sure|ready|"
           r"working)\b)",
           "you're ", 0.93),
    phrase(r"you're (?=(?:own|code|browser|site|page|project|data|computer|name|file|files|server|users?)\b)",
           "your ", 0.93),
    phrase(r"their (?=(?:is|are|was|were|will|may|can|exists?|must|should|might|could|has|have)\b)",
           "there ", 0.95),
    phrase(r"(in|with|of|for|by|on|from|all|have|has|use) there (?=[a-z]+)", r"\1 their ", 0.92),
    phrase(r"there own", "their own", 0.95),
    phrase(r"who's (?=(?:own|name|value|job|code|data|type|length|size|purpose|task|only)\b)", "whose ",
           0.93),
    phrase(r"whose (?=(?:a|an|the|going|been|not|there|here)\b)", "who's ", 0.93),
    phrase(r"(an|the|side|this|any|no|same|opposite|desired) affect(s?)", r"\1 effect\2", 0.95),
    phrase(r"side-affect(s?)", r"side-effect\1", 0.95),
    phrase(rf"({_DO}|also|that|which) effect(?! change)", r"\1 affect", 0.92),
    phrase(r"(an|the|some|good|of|my|useful|this|his) advise", r"\1 advice", 0.95),
    phrase(r"(to|would|i|we|can|strongly|don't|not) advice", r"\1 advise", 0.95),
    phrase(r"to (?=(?:much|big|small|long|late|slow|fast|large|few|little|hard|complex|deep|often|far)\b)",
           "too ",
           0.92),
    phrase(r"too (?=(?:be|do|make|get|use|have|see|go|create|add|show|find|write|read|run|set|call)\b)",
           "to ", 0.93),
    phrase(r"(is|was|are|were|that's|it's|does|do|did|will|would) no (?=(?:what|the|a|an|that|so|to|in|as|"
           r"like|only|"
           r"yet|always|necessary|needed|possible)\b)", r"\1 not ", 0.93),
    phrase(r"(?<!to )form (?=(?:the|a|an|this|that|it|them|which|here|there|another|other|where|outside|"
           r"inside)\b)",
           "from ", 0.92),
    phrase(r"(a|web|html|login|sign-in|search|input|order|registration) from", r"\1 form", 0.92),
    phrase(r"(?:from|in|at|by|for|with) the other hand", "on the other hand", 0.95),
    phrase(r"(depend(?:s|ed|ing)?) (?:from|of|by)", r"\1 on", 0.95),
    phrase(r"(consist(?:s|ed|ing)?) (?:from|in|on|with)", r"\1 of", 0.93),
    phrase(r"according (?:with|of|by)", "according to", 0.95),
    phrase(r"(similar|equal|equivalent|identical|related|due|prior|thanks) (?:with|as|for|of|from)",
           r"\1 to", 0.92),
    phrase(r"(interested|involved) (?:on|by|about|with)", r"\1 in", 0.92),
    phrase(r"responsible (?:of|to|in|on)", "responsible for", 0.95),
    phrase(r"(can|could|should|must|may|might|will|would|cannot|can't|won't|shouldn't|"
           r"couldn't) to (?=[a-z]+)", r"\1 ",
           0.93),
    phrase(r"(now|so|but|and|then|first|here|below|next|also) lets", r"\1 let's", 0.92),
    phrase(r"(?<=[.!?] )lets (?=[a-z]+)", "let's ", 0.95),
    phrase(r"(it|that|this|there|which|he|she|they|we|you|also|what) maybe", r"\1 may be", 0.93),
    phrase(r"may be (?=(?:we|you|it|the|that|they|because|some|even though)\b)", "maybe ", 0.92),
    phrase(r"etc(?=[),;: ]|$)(?!\.)", "etc.", 0.93),
    phrase(r"(for example|of course|in fact|in this case|as a result|however|therefore|moreover|furthermore)"
           r"(?= (?:we|you|it|the|there|they|this|that|if|let's|a|an|all|many|some|when|in|he|she|"
           "i)\b)", r"\1,", 0.93),
    phrase(r"(of course), (not)", r"\1 \2", 0.93),
    phrase(r"(\w+), (?=(?:if|that|because|when|while|until|unless|than)\b)", r"\1 ", 0.9),
    phrase(r"(\w+)(?= but (?:we|you|it|they|he|she|i|there|this|that|the|if|in|not always)\b)", r"\1,", 0.9),
    phrase(r"an (?=(?:the|a|we|you|it|they|then|this|these|that)\b)", "and ", 0.95),
    phrase(r"one of (?!(?:the|these|those|our|my|your|its|his|her|their|them|us|which|whom|many|several|a|"
           r"an|two|three)\b)"
           r"(?=[a-z]{3,})", "one of the ", 0.92),
    phrase(r"(?:at|in) the (left|right) side", r"on the \1 side", 0.93),
    phrase(r"most of time", "most of the time", 0.93),
    phrase(r"(has|have|with|in|of|are|use|see|consider|is) following", r"\1 the following", 0.93),
    phrase(r"(just|only|for|into|after|in|there are) few", r"\1 a few", 0.9),
    phrase(r"(and|or|then|but|[a-z]+,) if (?=(?:can|may|will|could|would|should|must|is|was|does|has)\b)",
           r"\1 it ",
           0.9),
    phrase(r"are consist of", "consist of"),
    phrase(r"is consist of", "consists of"),
    phrase(r"(in|on|at|of|for|to|with|by|from|the|a|an|is|are|and|or|we|you|it|that|this) \1", r"\1", 0.95),
]  # fmt: skip

_NAMES = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August "
    "September "
    "October November December English Russian German French Spanish Italian Chinese Japanese Korean Arabic "
    "Portuguese European American British Christmas Easter Europe America Africa Asia Russia Germany France"
)
ENGLISH_PHRASES += [phrase(rf"(?-i:{name.lower()})", name, 0.95) for name in _NAMES.split()]
