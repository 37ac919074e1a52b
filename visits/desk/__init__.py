"""接待经理台 (B1): who is where today, the week's visits and what they need, load per department, what guests said."""
