"""Bulk data for benchmarks: as many students and applications as asked for, the same at every run."""
