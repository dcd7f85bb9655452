"""List of common misspellings that people believe to be correct.

Edit distance does not explain them, or it prefers another word. The list follows the warnings in school books
and on reference desks. Each misspelling has exactly one correction.
"""

import re

from moderation.domain.spelling.misspellings import MISSPELLINGS

SURE = 0.98

_FOLK = """
вообщем в общем, вобщем в общем, вобщето вообще-то, вообщето вообще-то, вобщемто в общем-то, воообще вообще,
вкрации вкратце, вкраце вкратце, какбудто как будто, потомучто потому что, тоесть то есть, тобишь то бишь,
врятли вряд ли, врядли вряд ли, помоему по-моему, потвоему по-твоему, понашему по-нашему, всмысле в смысле,
ввиде в виде, втечении в течение, втечение в течение, изза из-за, изпод из-под, всетаки всё-таки,
наконецто наконец-то, попрежнему по-прежнему, повидимому по-видимому, ихний их,
координально кардинально, прецендент прецедент, инциндент инцидент, экспрессо эспрессо,
безпрецедентный беспрецедентный, агенство агентство, будующий будущий, следущий следующий, сдесь здесь,
зделать сделать, дермантин дерматин, аппеляция апелляция, апеляция апелляция, привелегия привилегия,
терасса терраса, тунель туннель, экскалатор эскалатор, юристконсульт юрисконсульт, чуство чувство,
учереждение учреждение, периуд период,
alot a lot, noone no one, aswell as well, infact in fact, eachother each other, occured occurred,
realy really, fourty forty, wich which, dissapear disappear, dissapointed disappointed, gaurd guard,
happend happened, harrass harass, liason liaison, noticable noticeable, refered referred, suprise surprise,
tommorow tomorrow, truely truly, wierd weird, aquire acquire, basicly basically, changable changeable,
collegue colleague, devide divide, explaination explanation, familar familiar, finaly finally,
garantee guarantee, maintainance maintenance, particulary particularly, peice piece, reccomend recommend,
rythm rhythm, supercede supersede, tounge tongue, visable visible, withold withhold, overriden overridden,
compatability compatibility, reponse response, wether whether, arbitary arbitrary
"""
FOLK = MISSPELLINGS | dict(pair.strip().split(" ", 1) for pair in _FOLK.split(","))
"""Corrections by misspelling, all in lower case."""

# ктото, какойнибудь: the particle takes a hyphen.
_PARTICLE = re.compile(
    "(кто|кого|кому|кем|что|чего|чему|чем|где|куда|откуда|когда|почему|отчего|зачем|как|"
    "как(?:ой|ая|ое|ие|ого|ому|ую|им|ом|их|ими))(то|либо|нибудь)"
)


def meant(word: str) -> str | None:
    """Return the correction of a known misspelling, or None. Both are in lower case."""
    parted = _PARTICLE.fullmatch(word)
    return f"{parted[1]}-{parted[2]}" if parted else FOLK.get(word)
