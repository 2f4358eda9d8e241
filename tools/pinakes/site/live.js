// Sent along with each page by `pinakes serve`, never by the built site: loads the page again when it was built anew,
// and shows what stands in the way while the catalogue is broken.
"use strict";
{
  const here = document.currentScript;
  const events = new EventSource(`${here.dataset.events}?built=${here.dataset.built}`);
  let notice = null;

  const element = (name, style, ...content) => {
    const made = document.createElement(name);
    Object.assign(made.style, style); // set one by one, as a Content-Security-Policy against inline styles allows
    made.append(...content);
    return made;
  };

  const row = (finding) =>
    element(
      "li",
      { margin: "0 0 .75rem", listStyle: "none" },
      element("code", { fontWeight: "bold" }, finding.place),
      element("div", {}, [finding.rule, finding.message].filter(Boolean).join(" ")),
      element("div", { opacity: ".75" }, finding.hint),
    );

  const show = (problem) => {
    notice?.remove();
    notice = element("div", {
      position: "fixed", inset: "auto 0 0", maxHeight: "60vh", overflow: "auto", zIndex: "2147483647",
      padding: "1rem 1.5rem", borderTop: "3px solid #c0392b", background: "#1d1b19", color: "#f4efe6",
      font: "15px/1.5 ui-monospace, monospace", textAlign: "left",
    });
    notice.id = "pinakes-problem";
    notice.setAttribute("role", "alert");
    notice.append(
      element("strong", { color: "#ff9d8a" }, problem.message),
      element("ul", { margin: ".75rem 0 0", padding: "0" }, ...problem.findings.map(row)),
    );
    document.body.append(notice);
  };

  events.addEventListener("built", () => location.reload());
  events.addEventListener("broken", (event) => show(JSON.parse(event.data)));
  events.addEventListener("mended", () => notice?.remove());
  // Without this a page that is left keeps its connection while the next one waits for a free one.
  window.addEventListener("pagehide", () => events.close());
}
