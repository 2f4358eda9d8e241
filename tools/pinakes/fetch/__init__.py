"""Ask for pages, politely and within bounds: one GET a link, whose answer is an observation."""
