// What pages do beyond reading: remember light or dark, and copy code. Loaded in the head, so that a page never flashes.

const CHOICE = "pinakes.theme";
const root = document.documentElement;

const remember = (theme) => {
  try {
    if (theme) localStorage.setItem(CHOICE, theme);
    else localStorage.removeItem(CHOICE);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
};

const remembered = () => {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
};

const show = (theme) => {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
};

/** Turn to the other of light and dark; where that is what the system wants, go back to following the system. */
const turn = () => {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
  const choice = next === system ? "" : next;
  show(choice);
  remember(choice);
};

const addCopyButton = (code, { copy, copied }) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pk-copy";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.innerText);
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 1500);
  });
  code.parentElement.append(button);
};

/** Let the keyboard reach what scrolls sideways; not every browser does so by itself. */
const makeReachable = (element) => {
  if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
};

show(remembered());

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".pk-theme");
  button.hidden = false;
  button.addEventListener("click", turn);
  // Formulas have their width once their fonts are there.
  document.fonts.ready.then(() =>
    document.querySelectorAll("pre > code, .md-typeset table, .katex-display").forEach(makeReachable),
  );
  // Without a secure context (a page opened over plain http) browsers give no clipboard.
  if (!navigator.clipboard) return;
  const words = document.querySelector(".pk-header").dataset;
  for (const code of document.querySelectorAll("pre > code")) addCopyButton(code, words);
});
