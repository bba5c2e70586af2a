// Keys of the review, and roles chosen by selecting words. Without this file the form does all of it by hand.

const review = document.querySelector("[data-review]");
const words = document.querySelector("[data-words]");
const form = document.getElementById("judge");
const told = document.querySelector("[data-told]");
const keysOn = document.getElementById("keys-on");
const REMEMBERED = "waqai-keys";

/** The code point at which `offset` (UTF-16) of `node` stands in the article, null outside its words. */
function codePoint(node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece || !words.contains(piece)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
  return Number(piece.dataset.start) + [...before].length;
}

/** The selected words as the text has them and where they begin; null where none are selected in one line. */
function selected() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !words) return null;
  const range = selection.getRangeAt(0);
  const start = codePoint(range.startContainer, range.startOffset);
  const text = range.toString();
  if (start === null || text.includes("\n") || !text.trim()) return null;
  const lead = [...text].length - [...text.trimStart()].length;
  return { start: start + lead, text: text.trim() };
}

function tell(message) {
  if (told) told.textContent = message;
}

/** Writes the selection into the first empty row of the parties, on `side`. */
function party(side) {
  const found = selected();
  if (!found) return;
  let row = [...form.querySelectorAll("[data-party]")].find((one) => !one.querySelector("[name=party_name]").value);
  if (!row) {
    const last = [...form.querySelectorAll("[data-party]")].at(-1);
    row = last.cloneNode(true);
    for (const field of row.querySelectorAll("input, select")) field.value = "";
    last.after(row);
  }
  row.querySelector("[name=party_side]").value = side;
  row.querySelector("[name=party_name]").value = found.text;
  row.querySelector("[name=party_start]").value = found.start;
  row.querySelector("[name=party_was]").value = "";
  row.classList.add("filled");
  tell(`${row.querySelector("[name=party_side]").selectedOptions[0].textContent}: ${found.text}`);
}

/** Writes the selection into a single field of words. */
function single(name) {
  const found = selected();
  const field = form.querySelector(`[data-${name}]`);
  if (!found || !field) return;
  field.value = found.text;
  form.querySelector(`[data-${name}-start]`).value = found.start;
  tell(`${field.labels[0].textContent}: ${found.text}`);
}

const DEEDS = {
  KeyE: () => form.querySelector("[data-first]").focus(),
  KeyS: () => party("source"),
  KeyT: () => party("target"),
  KeyP: () => single("place"),
  KeyW: () => single("trigger"),
};

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

// Keys are known by where they lie, so that they work on an Arabic keyboard too.
document.addEventListener("keydown", (event) => {
  if (!keysOn?.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (typing(event.target)) return;
  const button = document.querySelector(`[data-key="${event.code}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  } else if (DEEDS[event.code]) {
    event.preventDefault();
    DEEDS[event.code]();
  }
});

// Words that are written by hand stand wherever they are found.
form?.addEventListener("input", (event) => {
  const row = event.target.closest("[data-party]");
  if (row && event.target.name === "party_name") row.querySelector("[name=party_start]").value = "";
  if (event.target.name === "place_name") form.querySelector("[data-place-start]").value = "";
  if (event.target.name === "trigger_name") form.querySelector("[data-trigger-start]").value = "";
});

if (keysOn) {
  keysOn.checked = localStorage.getItem(REMEMBERED) !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem(REMEMBERED, keysOn.checked ? "on" : "off"));
}

review?.querySelector(".is-evidence")?.scrollIntoView({ block: "nearest" });
