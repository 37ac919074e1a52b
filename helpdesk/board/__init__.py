"""看板 of the service desk: a month's figures as the report defines them, drawn, each leading to its records."""
