"""Screens of sheets and scans."""
