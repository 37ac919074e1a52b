"""The board: both wings' month at a glance. Only the roof may see both."""
