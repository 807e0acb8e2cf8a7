"""What goes in and comes out, as the OpenAPI description shows it."""
