"""What pages ask: each module gathers one page's numbers as plain frozen rows."""
