"""The screens of this flow."""
