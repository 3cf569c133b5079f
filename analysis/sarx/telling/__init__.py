"""Words, figures and tables as text."""
