"""Where single sites keep the truth about their pages: a module a site, each a table with its sources."""
