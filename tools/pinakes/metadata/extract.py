"""From what came of a URL to a record of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pinakes.fetch.observation import Observation
from pinakes.links.verdict import GOOD, Verdict
from pinakes.metadata.document import Document
from pinakes.metadata.merge import merge
from pinakes.metadata.record import Candidate, Record
from pinakes.metadata.sites.all import site_of
from pinakes.metadata.sites.site import Site

_NO_NAMES: Mapping[str, str] = {}


def extract(
    observation: Observation, names: Mapping[str, str] = _NO_NAMES, *, verdict: Verdict | None = None
) -> Record:
    """Give what a page says about itself, each field with its provenance.

    The site's own rules come first, then what any page says. A page that did not come, is no article (deleted, a
    login wall, a robot check), or is neither HTML nor PDF gives a record of its address alone.

    Args:
        observation: What came of its address.
        names: Keys of the catalogue's papers, by what texts call them (`mentions.names_of`).
        verdict: What the observation says of the link, where that is known already.
    """
    nothing = Record(url=observation.url)
    if observation.failure is not None or not observation.body:
        return nothing
    if (verdict or _verdict(observation)) not in GOOD:
        return nothing
    if is_pdf(observation):
        from pinakes.metadata.pdf import candidates  # noqa: PLC0415  # pypdf takes long to import

        return merge(observation.url, candidates(observation), None, names, observation.final_url)
    if not observation.is_html:
        return nothing
    document = Document(observation)
    site = _site(document)
    return merge(observation.url, _candidates(document, site, names), site, names, document.url)


def is_pdf(observation: Observation) -> bool:
    """Say whether a body is a PDF, by its type or its first bytes (ISO 32000-1 §7.5.2, as readers take it)."""
    return observation.media_type == "application/pdf" or b"%PDF-" in observation.body[:1024]


def _verdict(observation: Observation) -> Verdict:
    from pinakes.links.classify import classify  # noqa: PLC0415  # its tables take long to import

    return classify(observation).verdict


def _site(document: Document) -> Site | None:
    """Give what is known of a page's site: by its host, or else by the program that made its pages."""
    from pinakes.metadata.sites.static_blogs import by_generator  # noqa: PLC0415  # most pages need it not

    return site_of(document.host) or by_generator(document)


def _candidates(document: Document, site: Site | None, names: Mapping[str, str]) -> Iterator[Candidate]:
    from pinakes.metadata import generic  # noqa: PLC0415  # a page of PDF needs it not

    if site is not None:
        yield from site.extract(document)
    yield from generic.candidates(document, names, is_known=site is not None and site.hosts != ())
