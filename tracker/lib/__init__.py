"""Small tools without models; imports nothing of ours."""
