"""How well a reasoner understands people: conversations with what is expected of each message, and what it got.

One module a step: `film` is a film as a conversations file writes it, `conversation` a conversation and its turns,
`reading` takes them from files, `playing` makes the situation of each turn, `judging` compares a plan with what was
expected, `running` does all of it and counts.
"""
