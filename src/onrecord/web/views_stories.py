"""Stories: what a ledger says of articles about one happening, where stories have been made.

The list stands here; pages of one story have their routes in this module too.
"""

from typing import Any

from starlette.responses import Response

from onrecord.opening import Ledger
from onrecord.web.routing import Call, Route

STORIES_SHOWN = 200
"""Stories of the list, newest first."""


def stories_of(ledger: Ledger) -> list[Any]:
    """Return the stories of a ledger; none where none have been made."""
    made = getattr(ledger, "stories", None)
    return list(made()) if made is not None else []


def stories(call: Call) -> Response:
    """Answer the list of stories."""
    return call.site.page("stories.html", call.user, stories=stories_of(call.site.ledger)[:STORIES_SHOWN])


ROUTES = (Route("/stories", stories, "reader"),)
