"""Changes to applications, as verbs: adding and stages here, events, rounds and editing beside them."""
