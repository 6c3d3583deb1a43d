"""Public notices and what is objected to them; the protected store is told in docs/adr/0008-objections.md."""
