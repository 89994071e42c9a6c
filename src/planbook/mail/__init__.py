"""Mail: composing, sending (SMTP, drafts, folders) and collecting (IMAP, folders); nothing of workbooks or database."""
