"""What the office gets to see: review table and master workbook."""
