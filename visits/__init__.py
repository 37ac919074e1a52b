"""The reception wing: customers, tiers, requests, tasks (requirements A and B)."""
