"""An internet of its own for the tests: hosts on 127.0.0.0/8 that play every page and every fault, and a proxy.

`wire` reads requests and lets a play answer them byte by byte; `plays` is the table of plays by path, made of `pages`,
`statuses`, `redirects`, `bodies` and `faults`; `server` and `proxy` bring them onto sockets, `certificates` under TLS.
A test gets all of it from the fixture `internet` (`fixtures`, imported by the conftest of a folder that needs it).
"""
