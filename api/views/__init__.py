"""Operations of the API, by what they are about, and the page of tokens."""
