"""Who holds which seat on which days, and who stands in for whom: what may stand beside what."""
