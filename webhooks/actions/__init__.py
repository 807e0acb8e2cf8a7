"""Changes to webhooks, and the sending of what they are told."""
