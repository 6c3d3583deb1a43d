"""What the regulations ask of a secretary, as pure functions (docs/regulations.md)."""
