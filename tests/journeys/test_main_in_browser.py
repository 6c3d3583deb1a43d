"""The main journey in Chromium: the candidate on a phone, everybody else at a desk."""
