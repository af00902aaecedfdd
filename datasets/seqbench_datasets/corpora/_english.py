"""The words of the `grammar` dataset by part of speech, the frequent ones first, and how rarer ones are formed."""

from __future__ import annotations

DETERMINERS = "the a this that his her my their some every no each any which another"
SUBJECTS = "I he she they we it you this that who everybody someone nobody everyone"
OBJECTS = "him her it them me us you that this everybody nothing someone"
MODALS = "will can must may should would could might need"
AUXILIARIES = "is was were are has had have been does did"
NEGATIONS = "not never often always still almost well really hardly just"
ADVERBS = "today there again here fast well late home alone early outside soon abroad hard back inside now once"
OPENERS = "yesterday today sometimes now once often then meanwhile later perhaps still"
PREPOSITIONS = "in of on with to at for from by like under near about over after before behind since past down"
COORDINATORS = "and but or yet so"
SUBORDINATORS = "that because when if while after before since until although as once"
NUMBERS = "two three four one ten five six twelve seven nine twenty eight hundred"
ENDS = ". . . . . . ! ?"
NAMES = (
    "Mary John Rose Will London Mark Paris Grace May Bill Anna Peter Hope Berlin Frank Joy Oslo Jack Art Pat "
    "Smith Cook Hunter Baker Young Brown Long Green Park Banks Rivers Stone Woods Field Marsh Lake Hill Fisher"
)
ADJECTIVES = (
    "old light little good young long new cold open fast dry warm empty green early clean hard slow late kind "
    "present quiet patient past clear back dark past brown deep secret noble cool narrow rough native blind calm "
    "silent heavy gentle round bitter modern tame stale proud loose plain steep rapid vivid eager humble tender"
)
NOUNS_AND_VERBS = (
    "book watch fish play walk work run help hope plan cook dance drink fight guard hunt judge joke kick laugh look "
    "love move name need order paint park phone pilot plant press rain ride rest rule score share smile stand stop "
    "talk taste test touch trade train travel trust turn use visit vote wait wish wonder back light can open cool"
)
NOUNS = (
    "dog man woman house child apple river table story road letter tree door king garden window teacher city doctor "
    "ship bird horse song bridge field kitchen picture farmer island mountain village winter summer bottle market "
    "cousin soldier lawyer engine station castle forest ladder basket candle monkey pencil valley blanket carpet "
    "cold dark past present native noble secret blind calm good young modern brown green "
    "hammer mirror pocket saddle tunnel violin wagon poet nurse sailor orchard meadow lantern pillow kettle harbour"
)
VERBS = (
    "see take know find give eat read tell like bring carry follow leave keep build send break choose hear catch "
    "draw drive sell throw teach forget hide burn climb collect discover explain repair borrow admire invite ignore "
    "deliver destroy describe protect remember remove replace suggest punish observe obey measure imagine greet"
)
PLURAL = {"man": "men", "woman": "women", "child": "children"}
PAST = {
    "see": "saw", "take": "took", "know": "knew", "find": "found", "give": "gave", "eat": "ate", "read": "read",
    "tell": "told", "bring": "brought", "leave": "left", "keep": "kept", "build": "built", "send": "sent",
    "break": "broke", "choose": "chose", "hear": "heard", "catch": "caught", "draw": "drew", "drive": "drove",
    "sell": "sold", "throw": "threw", "teach": "taught", "forget": "forgot", "hide": "hid", "run": "ran",
    "drink": "drank", "fight": "fought", "ride": "rode", "stand": "stood",
}  # fmt: skip
NOUN_ENDINGS = ("er", "ing", "ment", "ship", "hood", "let")
ADJECTIVE_ENDINGS = ("ful", "less", "able", "ish")


def plural(noun: str) -> str:
    """Also the third person of a verb."""
    if noun in PLURAL:
        return PLURAL[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


def past(verb: str) -> str:
    """The simple past."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return PAST.get(verb, verb + ("d" if verb.endswith("e") else "ed"))


def progressive(verb: str) -> str:
    """The form after `is`."""
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"
