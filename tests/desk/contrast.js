// Contrast as WCAG 2.2 counts it, of all text that is shown, on the background that lies behind it.
() => {
  const number = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => {
    const part = (value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const [r, g, b, a = 1] = number(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const wrong = [];
  for (const node of document.querySelectorAll("body *:not(script, svg, svg *)")) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const style = getComputedStyle(node);
    if (!node.checkVisibility() || node.closest(".unseen, .skip")) continue;
    const [one, other] = [light(number(style.color)), light(behind(node))].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const big = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if ((one + 0.05) / (other + 0.05) < (big ? 3 : 4.5)) wrong.push(`${node.tagName}.${node.className}: ${node.textContent.slice(0, 30)}`);
  }
  return wrong;
}
