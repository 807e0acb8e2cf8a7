"""The rules of one season: its window, its weeks and days, its pace, and the plan worked back. All pure."""
