"""The site: pages rendered from the catalogue, and the builders that turn them into HTML files.

`render` writes `build/docs` and `build/theme`. Everything before it is a pure function from a `Site` to text:
`topics`, `papers`, `home` and `docs` make pages, `entries`, `tree` and `texts` their parts.
"""
