"""Pages of an import: file, columns, review, end."""
