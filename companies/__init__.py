"""What is on offer: companies, teams, programmes, cycles and postings."""
