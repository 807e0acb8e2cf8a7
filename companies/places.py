"""Countries by their two letters, for those where companies of our list are. Pure."""

_COUNTRIES = {
    "AT": "Austria", "AU": "Australia", "BE": "Belgium", "BR": "Brazil", "CA": "Canada", "CH": "Switzerland",
    "CN": "China", "CZ": "Czechia", "DE": "Germany", "DK": "Denmark", "ES": "Spain", "FI": "Finland", "FR": "France",
    "GB": "United Kingdom", "IE": "Ireland", "IL": "Israel", "IN": "India", "IT": "Italy", "JP": "Japan",
    "KR": "South Korea", "NL": "Netherlands", "NO": "Norway", "PL": "Poland", "PT": "Portugal", "SE": "Sweden",
    "SG": "Singapore", "SK": "Slovakia", "TW": "Taiwan", "US": "United States",
}  # fmt: skip


def country_name(text: str) -> str:
    """Return the name of a country given by its ISO code; any other text as it is."""
    return _COUNTRIES.get(text, text)
