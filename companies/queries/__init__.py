"""What pages and other apps ask of the shared list."""

from companies.queries.lookup import find_company, find_company_by_link, find_posting_by_url, names_beginning

__all__ = ["find_company", "find_company_by_link", "find_posting_by_url", "names_beginning"]
