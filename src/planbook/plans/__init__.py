"""Plan documents to plans: readers for each format, mending of noise, outline, responsibility, indicators, dates."""
