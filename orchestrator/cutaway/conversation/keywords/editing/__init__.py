"""Changes to a film that is there: what a message names, what it wants of it, and the edits that come of both."""

from cutaway.conversation.keywords.editing.reader import read_editing

__all__ = ["read_editing"]
