"""The rules of interview rounds: their times and clashes, their calendar file, what to prepare and when. All pure."""
