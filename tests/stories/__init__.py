"""What a rule means for an office over days, told by real ticks and a real mail server."""
