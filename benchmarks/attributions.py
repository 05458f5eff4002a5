"""Attributions (source, cue, content) scored against coded ones: the measures of PolNeAR, and which cues report speech."""

import re
from collections.abc import Iterable, Sequence

REPORTING = """say tell add note write ask report announce state claim argue warn insist suggest explain tweet declare deny
accuse call describe acknowledge admit confirm respond reply contend assert allege reiterate maintain point mention predict
vow pledge promise urge demand continue conclude comment remark quip joke complain cite testify recall praise criticize
criticise blast slam mock decline propose disclose reveal express refer tout emphasize emphasise stress repeat answer counter
caution inform assure advise recount retort reject dispute refute condemn denounce concede pronounce post quote brief signal
indicate estimate""".split()
"""Verbs that report speech, as the measure AR-speech has them."""

OTHER_REPORTING = frozenset(
    "said told wrote written according statement statements speech interview remarks quote quoted quoting words denial "
    "testimony retold".split()
)


def _forms(verb: str) -> Iterable[str]:
    """Return the forms of a verb, and some that no verb has: a list too wide does no harm here."""
    yield from (verb, verb + "s", verb + "es", verb + "d", verb + "ed", verb + "ing", verb[:-1] + "ing")
    yield from (verb[:-1] + "ied", verb[:-1] + "ies", verb + verb[-1] + "ed", verb + verb[-1] + "ing")


SPEECH = OTHER_REPORTING | {form for verb in REPORTING for form in _forms(verb)}


def is_speech(text: str, cue: Sequence[tuple[int, int]]) -> bool:
    """Say whether a cue has a reporting word, or is a lone colon or dash."""
    words = [word.lower() for start, end in cue for word in re.findall(r"\w+|[^\w\s]", text[start:end])]
    return any(word in SPEECH for word in words) or (bool(words) and not any(word[0].isalnum() for word in words))
