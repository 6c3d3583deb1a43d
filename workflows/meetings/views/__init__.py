"""The screens of meetings."""
