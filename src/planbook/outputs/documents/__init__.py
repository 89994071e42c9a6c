"""Word documents of the office: templates that it edits, what they may name, and the documents made from them."""
