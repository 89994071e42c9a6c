"""What the page shows: questions to the ledger, each answered by one frozen value and changing nothing."""
