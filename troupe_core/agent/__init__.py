"""One turn of one agent: what it perceives, recalls, is asked, and decides."""
