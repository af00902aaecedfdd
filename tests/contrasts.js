// Every pair of a text or a mark and what is behind it, as [kind, ratio, needed, colours, text]; those with enough are left out.
() => {
  const parse = (text) => {
    const parts = (text.match(/[\d.]+/g) || []).map(Number);
    if (!text.startsWith("rgb") || parts.length < 3) return null;
    return [parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : 1];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };
  const opacity = (element, names) => names.reduce((product, name) => product * Number(getComputedStyle(element)[name]), 1);
  const whole = (element) => {
    let product = 1;
    for (let e = element; e instanceof SVGElement; e = e.parentElement) product *= Number(getComputedStyle(e).opacity);
    return product;
  };
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour && colour[3] > 0) layers.unshift(colour);
    }
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const filled = (element, name, opacityName) => {
    const colour = parse(getComputedStyle(element)[name]);
    return colour && [colour[0], colour[1], colour[2], colour[3] * opacity(element, [opacityName]) * whole(element)];
  };
  const behind = (text, shapes) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    let below = ground(text.closest("figure, td, th, body"));
    for (const [shape, area] of shapes) {
      if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      if (area.left > x || area.right < x || area.top > y || area.bottom < y) continue;
      const colour = filled(shape, "fill", "fillOpacity");
      if (colour) below = over(colour, below);
    }
    return below;
  };
  const faults = [];
  let counted = 0;
  const judge = (kind, front, below, needed, text) => {
    counted += 1;
    const reached = ratio(over(front, below), below);
    if (reached + 0.005 < needed) faults.push([kind, Number(reached.toFixed(2)), needed, `${front} on ${below.map(Math.round)}`, text.trim().slice(0, 40)]);
  };
  const visible = (element) => element.getClientRects().length && getComputedStyle(element).visibility === "visible";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent;
    if (!text.trim() || element.closest("svg, script, style, .hidden, option") || !visible(element)) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    judge("text", parse(style.color), ground(element), large ? 3 : 4.5, text);
  }
  for (const control of document.querySelectorAll("input, select, button")) {
    if (!visible(control)) continue;
    judge("control", parse(getComputedStyle(control).color), ground(control), 4.5, control.className);
    if (control.placeholder) judge("placeholder", parse(getComputedStyle(control, "::placeholder").color), ground(control), 4.5, control.placeholder);
    const edge = getComputedStyle(control);
    if (parseFloat(edge.borderTopWidth)) judge("edge", parse(edge.borderTopColor), ground(control.parentElement), 3, control.className);
    control.focus();
    const focused = getComputedStyle(control);
    if (focused.outlineStyle !== "none") judge("focus", parse(focused.outlineColor), ground(control.parentElement), 3, control.className);
  }
  for (const token of document.querySelectorAll(".token.one, .token.two, .token.none, .token.hit")) {
    if (!visible(token)) continue;
    const style = getComputedStyle(token);
    const line = parse(token.matches(".hit") ? style.outlineColor : style.borderBottomColor);
    judge("underline", line, ground(token.parentElement), 3, token.textContent);
  }
  for (const mark of document.querySelectorAll(".interval line, .interval circle")) {
    if (!visible(mark)) continue;
    judge("interval", filled(mark, mark.tagName === "line" ? "stroke" : "fill", mark.tagName === "line" ? "strokeOpacity" : "fillOpacity"), ground(mark.closest("td")), 3, "interval");
  }
  for (const svg of document.querySelectorAll(".chart svg")) {
    if (!visible(svg)) continue;
    const shapes = [...svg.querySelectorAll(".mark-rect path, .mark-rect rect, .background")].map((shape) => [shape, shape.getBoundingClientRect()]);
    const name = svg.closest("figure").dataset.figure;
    for (const text of svg.querySelectorAll("text")) {
      const front = filled(text, "fill", "fillOpacity");
      if (!text.textContent.trim() || !front || front[3] < 0.2 || !visible(text)) continue;
      judge("svg text", front, behind(text, shapes), parseFloat(getComputedStyle(text).fontSize) >= 24 ? 3 : 4.5, `${name}: ${text.textContent}`);
    }
    for (const mark of svg.querySelectorAll(".mark-symbol path, .mark-line path, .mark-rule line, .mark-bar path")) {
      if (mark.closest(".role-axis-grid, .role-axis, .role-legend-symbol ~ .role-legend-gradient")) continue;
      const fill = filled(mark, "fill", "fillOpacity");
      const stroke = filled(mark, "stroke", "strokeOpacity");
      const front = [fill, stroke].filter((c) => c && c[3] > 0.2).sort((a, b) => b[3] - a[3])[0];
      if (!front || mark.closest(".mark-symbol, .mark-bar, .mark-line, .mark-rule").classList.contains("foreground")) continue;
      judge("mark", front, behind(mark, shapes), 3, `${name}: ${mark.getAttribute("aria-label") || mark.parentElement.getAttribute("class")}`);
    }
  }
  return { counted, faults };
}
