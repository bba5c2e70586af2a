// What a reader without eyes or a mouse would miss: names, labels, landmarks, order, size of what is pressed.
() => {
  const wrong = [];
  const named = (node) => (node.getAttribute("aria-label") ?? "").trim() || node.textContent.trim()
    || (node.getAttribute("aria-labelledby") && document.getElementById(node.getAttribute("aria-labelledby")));
  for (const node of document.querySelectorAll("a[href], button, summary, [role=region], [role=group], [role=img], nav, aside, meter"))
    if (!named(node)) wrong.push(`no name: ${node.outerHTML.slice(0, 80)}`);
  for (const node of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
    if (!node.labels.length && !node.getAttribute("aria-label")) wrong.push(`no label: ${node.outerHTML.slice(0, 80)}`);
  for (const landmark of ["header", "main", "footer", "nav"])
    if (!document.querySelector(landmark)) wrong.push(`no ${landmark}`);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) wrong.push(`twice: ${id}`);
  for (const node of document.querySelectorAll("[aria-labelledby]"))
    if (!document.getElementById(node.getAttribute("aria-labelledby"))) wrong.push(`labelled by nothing: ${node.outerHTML.slice(0, 60)}`);
  let last = 0;
  for (const head of document.querySelectorAll("h1, h2, h3, h4")) {
    const level = Number(head.tagName[1]);
    if (level > last + 1) wrong.push(`heading skips: ${head.textContent.trim().slice(0, 40)}`);
    last = level;
  }
  if (document.querySelectorAll("[tabindex]:not([tabindex='0'], [tabindex='-1'])").length) wrong.push("tabindex above 0");
  for (const cell of document.querySelectorAll("th")) if (!cell.scope) wrong.push(`th without scope: ${cell.textContent}`);
  for (const list of document.querySelectorAll("ul, ol"))
    if ([...list.children].some((child) => !["LI", "SCRIPT", "TEMPLATE"].includes(child.tagName))) wrong.push(`list of other things: ${list.className}`);
  for (const node of document.querySelectorAll("button, .sizes a, .menu a")) {
    const box = node.getBoundingClientRect();
    if (box.width && (box.width < 24 || box.height < 24)) wrong.push(`small: ${node.outerHTML.slice(0, 60)} ${box.width}x${box.height}`);
  }
  return wrong;
}
