"""Stories: what a ledger says of articles about one happening, where stories have been made.

The list stands here; pages of one story have their routes in this module too.
"""

from starlette.responses import Response

from onrecord.web.routing import Call, Route

STORIES_SHOWN = 200
"""Stories of the list, newest first."""


def stories(call: Call) -> Response:
    """Answer the list of stories."""
    words = call.text("q")
    found = call.site.ledger.stories(words, limit=STORIES_SHOWN)
    return call.site.page("stories.html", call.user, stories=found, words=words)


ROUTES = (Route("/stories", stories, "reader"),)
