"""The written rules of deciding, as pure functions: no database, no clock, no request."""
