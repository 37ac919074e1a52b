"""接待报表: how many, how many guests, what it cost, what guests said, tasks in time; by month and year."""
