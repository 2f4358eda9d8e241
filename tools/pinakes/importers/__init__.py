"""Read other people's lists of links: posts of a blog become topics, with an account of every line.

The way: bytes ─decode▶ text ─rows▶ lines that belong together ─recognise▶ links, words and the rest ─layout▶ blocks
─plan▶ what goes into which topic ─proposal▶ the new text of each file. All of it is pure; `cli` reads and writes.
"""
