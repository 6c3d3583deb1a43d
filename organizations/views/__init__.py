"""The screens of who exists."""
