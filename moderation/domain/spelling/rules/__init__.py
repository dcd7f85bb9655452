"""Rules for words that exist but do not fit. A rule suggests what replaces one word of a reported passage.

A reader said that this passage is wrong. So a rule does not ask whether the sentence is wrong. It asks which
correction of this word is most likely, and it is silent if several are.
"""
