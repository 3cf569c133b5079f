"""Files that a user wrote, read as text; files that a user gets, written whole or not at all."""
