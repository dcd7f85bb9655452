"""The English articles of the demo's newspaper. The city, the people and the typos are invented."""

from moderation.services.instance.newspaper.article import Article, FalseAlarm

_BEACHES = Article(
    "beaches",
    "en",
    "Where to swim: the beaches that passed",
    "Maud Ferris · 12 June, 7:15 am · City",
    (
        (
            "lead",
            "Five of the seven city beaches passed the spring inspection. The other two stay closed until "
            "the water is clean, the harbour office said on {Wensday|Wednesday|fixed}.",
        ),
        (
            "paragraph",
            "Inspectors took {samles|samples} every three days in May. The best results came from Pebble "
            "Point, {wich|which} has had no storm drain since the works of last autumn. Lifeguards are on "
            "duty from ten {untill|until|new} eight.",
        ),
        ("heading", "Closed for {know|now|grammar}"),
        (
            "paragraph",
            "The north quay and the old lido did not pass. A pipe has to be {replased|replaced} first, which "
            "will {probaly|probably} take six weeks. Signs in four languages tell visitors were the nearest "
            "{seperate|separate} showers are.",
        ),
        (
            "paragraph",
            "Dogs may swim at Rope Lane before nine. Their owners {recieve|receive} a map at the kiosk. "
            "“Nobody was {dissapointed|disappointed} last year,” says the attendant, Tom Achebe, “except the "
            "gulls.”",
        ),
    ),
    (
        FalseAlarm("Rope Lane", "name", "Rope lane"),
        FalseAlarm("last autumn", "not a mistake", "the last autumn"),
        FalseAlarm("showers", "spam", "Cheap watches: https://watches.example", "90% off"),
    ),
)

_CLOCK = Article(
    "clock",
    "en",
    "A short history of the harbour clock",
    "Daniel Okoro · 10 June, 4:30 pm · Culture",
    (
        (
            "lead",
            "It has been wrong twice in a {hunderd|hundred} and forty years, and both times on purpose. The "
            "clock of the customs house turns out to have a story of its own.",
        ),
        (
            "paragraph",
            "The first keeper, Elias Brandt, set it three minutes fast so that captains {woud|would|fixed} "
            "not miss the tide. His {successer|successor|returned} put it right and was nearly {thrown "
            "thrown|thrown} "
            "into the basin.",
        ),
        ("heading", "The second time"),
        (
            "paragraph",
            "In the winter of the great frost the hands were stopped, {becuase|because} the ice had reached "
            "{there|their|grammar,disputed,or:its} axle. A boy of twelve climbed up with a kettle. He later "
            "{bacame|became} the "
            "mayor, and the kettle is in the museum.",
        ),
        (
            "paragraph",
            "Today the {mechanisim|mechanism} is wound by hand every Monday. Visitors can watch "
            "{untill|until|new} "
            "noon; it is free, "
            "and it is {definately|definitely} loud.",
        ),
    ),
    (
        FalseAlarm("had reached", "merge", None, "It should be “their axle”, not “there”", "there"),
        FalseAlarm("Elias Brandt", "name", "Elias Brand"),
        FalseAlarm("by hand", "spam", None, "Best casino online: https://casino.example"),
    ),
)

ARTICLES = (_BEACHES, _CLOCK)
