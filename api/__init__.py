"""The same actions over HTTP, with tokens: /api/v1/."""
