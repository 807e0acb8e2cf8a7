"""Forms about applications, beside the pages that show them."""
