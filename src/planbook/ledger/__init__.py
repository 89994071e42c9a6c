"""The database: schema, migrations, taking in submissions, queries; nothing of workbooks or mail."""
